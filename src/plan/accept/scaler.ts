import type { AutoscalerKind } from '../../api/autoscalers/autoscaler-kind.ts';
import { fieldManager, restoreFinalizer } from '../../api/group.ts';
import { isMissing } from '../../api/missing.ts';
import type { TargetObservation } from '../../observe/observation.ts';
import { raisedMarks } from './raised-marks.ts';

/** The live object whose bounds carry a target's floor: its HPA, or the workload itself where there is no HPA. */
export interface Scaler {
  readonly kind: 'Autoscaler' | 'Workload';
  /** Kind of the autoscaler. @default HorizontalPodAutoscaler */
  readonly objectKind?: AutoscalerKind;
  readonly name: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /**
   * The larger of what its status and the workload report, so that an HPA without a status does not count as 0
   * replicas.
   */
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  /**
   * The minimum that we raised and have not restored: from our annotations; on a workload, which has none, the replicas
   * we wrote.
   */
  readonly floor?: number;
  readonly floorMax?: number;
  /** Epoch ms of our newest write, when known. */
  readonly writtenAt?: number;
  readonly otherWriters: readonly string[];
}

/** Field manager of Kubernetes' HPA controller, the only part of that process that writes `spec.replicas` of a workload. */
const autoscalerWriter = 'kube-controller-manager';

/**
 * Chooses the scaler of a target.
 *
 *   HPAs of the workload      →  scaler
 *   one                          that HPA
 *   several, some recorded       the one that was raised last, so that it can be restored
 *   several, one raised by us    that one
 *   several, else                none: which one decides is unknown
 *   none                         the workload, where there is one
 */
export function scalerOf(observed: TargetObservation): Scaler | undefined {
  const { autoscalers, workload, target } = observed;
  const recorded = (target.status?.raised ?? []).map(({ uid }) => uid);
  const rest = target.spec.baseline;
  const marked = autoscalers.map(autoscaler => {
    const { floor: _floor, floorMax: _floorMax, ...live } = autoscaler;
    return { ...live, ...raisedMarks(autoscaler, { isRecorded: recorded.includes(live.uid), rest }) };
  });
  const newest = marked.filter(isRaised).toSorted((a, b) => recorded.indexOf(b.uid) - recorded.indexOf(a.uid));
  const isClear = newest.length === 1 || recorded.includes(newest[0]?.uid ?? '');
  const autoscaler = marked.length === 1 ? marked[0] : isClear ? newest[0] : undefined;
  if (autoscaler !== undefined) {
    const running = isMissing(workload) ? 0 : workload.replicas;
    const currentReplicas = Math.max(autoscaler.currentReplicas, running);
    return { kind: 'Autoscaler', ...autoscaler, currentReplicas };
  }
  return autoscalers.length > 0 ? undefined : workloadScaler(observed);
}

/**
 * The workload as a scaler. It is written through its scale subresource, which carries no annotation. So it counts as
 * raised while the target has recorded it (or, raised by a version without records, carries our finalizer), and it has
 * a floor, or we are the newest writer of replicas above the baseline. What an HPA wrote that is gone counts as ours
 * while the target has recorded the workload: it followed our floor, and nobody else takes it back.
 */
function workloadScaler({ workload, target: { metadata, spec, status } }: TargetObservation): Scaler | undefined {
  if (isMissing(workload)) return undefined;
  const { name, uid, replicas, floor, writtenAt, replicasWriter } = workload;
  const { raised = [] } = status ?? {};
  const isMarked = metadata.finalizers?.includes(restoreFinalizer) ?? false;
  const isRecorded = raised.some(object => object.uid === uid);
  const writer = isRecorded && replicasWriter === autoscalerWriter ? fieldManager : replicasWriter;
  const isOurs = writer === fieldManager && replicas > spec.baseline.minReplicas;
  const legacy = raised.length === 0 ? (floor ?? (isMarked && isOurs ? replicas : undefined)) : undefined;
  const ours = isRecorded ? (floor ?? (isOurs ? replicas : undefined)) : legacy;
  return {
    kind: 'Workload',
    name,
    minReplicas: replicas,
    maxReplicas: replicas,
    currentReplicas: replicas,
    desiredReplicas: replicas,
    ...(ours === undefined ? {} : { floor: ours }),
    ...(writtenAt === undefined ? {} : { writtenAt }),
    otherWriters: writer === undefined ? [] : [writer],
  };
}

/** Whether we have raised the scaler and not finished restoring it. */
export function isRaised(scaler: { readonly floor?: number; readonly floorMax?: number }): boolean {
  return scaler.floor !== undefined || scaler.floorMax !== undefined;
}

/** Returns true for a live bound that another writer has set: we wrote none, or a lower one. */
export function isAbove(live: number, ours: number | undefined): boolean {
  return ours === undefined || live > ours;
}

/** The writer that has undone a raise, by name or as `Somebody`; undefined when nobody has. */
export function whoPutBack({ floor, floorMax, minReplicas, maxReplicas, otherWriters }: Scaler): string | undefined {
  const isPutBack = (floor !== undefined && minReplicas < floor) || (floorMax !== undefined && maxReplicas < floorMax);
  return isPutBack ? (otherWriters.find(writer => writer !== fieldManager) ?? 'Somebody') : undefined;
}

import { fieldManager, restoreFinalizer } from '../../api/group.ts';
import { isMissing } from '../../api/missing.ts';
import type { TargetObservation } from '../../observe/observation.ts';

/** The live object whose bounds carry a target's floor: its HPA, or the workload itself where there is no HPA. */
export interface Scaler {
  readonly kind: 'Autoscaler' | 'Workload';
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

/**
 * Chooses the scaler of a target.
 *
 *   HPAs of the workload      →  scaler
 *   one                          that HPA
 *   several, one raised by us    that one, so that it can be restored
 *   several, else                none: which one decides is unknown
 *   none                         the workload, where there is one
 */
export function scalerOf(observed: TargetObservation): Scaler | undefined {
  const { autoscalers, workload } = observed;
  const ours = autoscalers.length > 1 ? autoscalers.filter(isRaised) : autoscalers;
  const [autoscaler] = ours;
  if (autoscaler !== undefined && ours.length === 1) {
    const running = isMissing(workload) ? 0 : workload.replicas;
    const currentReplicas = Math.max(autoscaler.currentReplicas, running);
    return { kind: 'Autoscaler', ...autoscaler, currentReplicas };
  }
  return autoscalers.length > 0 ? undefined : workloadScaler(observed);
}

/**
 * The workload as a scaler. It is written through its scale subresource, which carries no annotation. So it counts as
 * raised while our finalizer is on the target, we are the newest writer of its replicas, and they are above the
 * baseline.
 */
function workloadScaler({ workload, target: { metadata, spec } }: TargetObservation): Scaler | undefined {
  if (isMissing(workload)) return undefined;
  const { name, replicas, floor, writtenAt, replicasWriter } = workload;
  const isMarked = metadata.finalizers?.includes(restoreFinalizer) ?? false;
  const isOurs = isMarked && replicasWriter === fieldManager && replicas > spec.baseline.minReplicas;
  const raised = floor ?? (isOurs ? replicas : undefined);
  return {
    kind: 'Workload',
    name,
    minReplicas: replicas,
    maxReplicas: replicas,
    currentReplicas: replicas,
    desiredReplicas: replicas,
    ...(raised === undefined ? {} : { floor: raised }),
    ...(writtenAt === undefined ? {} : { writtenAt }),
    otherWriters: replicasWriter === undefined ? [] : [replicasWriter],
  };
}

/** Whether we have raised the scaler and not finished restoring it. */
export function isRaised(scaler: { readonly floor?: number; readonly floorMax?: number }): boolean {
  return scaler.floor !== undefined || scaler.floorMax !== undefined;
}

/** The writer that has undone a raise, by name or as `Somebody`; undefined when nobody has. */
export function whoPutBack({ floor, floorMax, minReplicas, maxReplicas, otherWriters }: Scaler): string | undefined {
  const isPutBack = (floor !== undefined && minReplicas < floor) || (floorMax !== undefined && maxReplicas < floorMax);
  return isPutBack ? (otherWriters.find(writer => writer !== fieldManager) ?? 'Somebody') : undefined;
}

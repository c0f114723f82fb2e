import { isMissing, type Missing } from '../../api/missing.ts';
import { isAutoscaler, type RaisedObject } from '../../api/scaling-target.ts';
import type { WorkloadRef } from '../../api/workload-key.ts';
import { workloadKey } from '../../api/workload-key.ts';
import type { NamespaceObjects } from '../namespace-objects.ts';
import type { StrayObservation, TargetObservation, Unreadable, WorkloadObservation } from '../observation.ts';

/** Input for the raised objects that no target refers to any more. */
export interface ObserveStraysInput {
  readonly namespace: string;
  readonly targets: readonly TargetObservation[];
  readonly unreadable: readonly Unreadable[];
  readonly objects: Pick<NamespaceObjects, 'autoscalers' | 'workloads'>;
  /** Finds a workload outside the caches. */
  readonly findWorkload: (
    namespace: string,
    ref: WorkloadRef,
    signal?: AbortSignal,
  ) => Promise<WorkloadObservation | Missing>;
  readonly signal?: AbortSignal | undefined;
}

/** Observes each object that a target has recorded as raised and does not refer to now, by its UID. */
export async function observeStrays(input: ObserveStraysInput): Promise<readonly StrayObservation[]> {
  const { targets, unreadable } = input;
  const recorded = [
    ...targets.flatMap(observed => {
      const current = currentUids(observed);
      const { status, metadata } = observed.target;
      const left = (status?.raised ?? []).filter(({ uid }) => !current.has(uid));
      return left.map(raised => ({ target: metadata.name, raised }));
    }),
    ...unreadable.flatMap(({ name, raised = [] }) => raised.map(one => ({ target: name, raised: one }))),
  ];
  return Promise.all(recorded.map(async stray => ({ ...stray, ...(await observeRaised(stray.raised, input)) })));
}

/** Adds to each HPA the name of another target that has recorded it as raised. */
export function withRaisers(targets: readonly TargetObservation[]): readonly TargetObservation[] {
  const raisers = new Map(
    targets.flatMap(({ target: { metadata, status } }) =>
      (status?.raised ?? []).map(({ uid }): [string, string] => [uid, metadata.name]),
    ),
  );
  if (raisers.size === 0) return targets;
  return targets.map(observed => {
    const { metadata, status } = observed.target;
    const own = new Set((status?.raised ?? []).map(({ uid }) => uid));
    const autoscalers = observed.autoscalers.map(autoscaler => {
      const raisedBy = raisers.get(autoscaler.uid);
      const isOthers = raisedBy !== undefined && raisedBy !== metadata.name && !own.has(autoscaler.uid);
      return isOthers ? { ...autoscaler, raisedBy } : autoscaler;
    });
    return { ...observed, autoscalers };
  });
}

/** UIDs of what the target refers to now: its HPAs, else its workload. */
function currentUids({ autoscalers, workload }: TargetObservation): ReadonlySet<string> {
  if (autoscalers.length > 0) return new Set(autoscalers.map(({ uid }) => uid));
  return new Set(isMissing(workload) ? [] : [workload.uid]);
}

async function observeRaised(
  raised: RaisedObject,
  { namespace, objects, findWorkload, signal }: ObserveStraysInput,
): Promise<Pick<StrayObservation, 'autoscaler' | 'workload' | 'isIdle' | 'hasAutoscaler'>> {
  const { uid } = raised;
  if (isAutoscaler(raised)) {
    const found = objects.autoscalers.find(({ observation }) => observation.uid === uid);
    if (found === undefined) return {};
    const key = workloadKey(found.scales);
    const isIdle = isCached(found.scales) && !objects.workloads.some(workload => workloadKey(workload) === key);
    return { autoscaler: found.observation, ...(isIdle ? { isIdle } : {}) };
  }
  const cached = objects.workloads.find(workload => workload.uid === uid);
  const workload = cached ?? (isCached(raised) ? undefined : await findWorkload(namespace, raised, signal));
  if (workload === undefined || isMissing(workload) || workload.uid !== uid) return {};
  const key = workloadKey(raised);
  const isScaled = objects.autoscalers.some(({ scales }) => workloadKey(scales) === key);
  return { workload, ...(isScaled ? { hasAutoscaler: true as const } : {}) };
}

/** Returns true for a kind of which the caches hold every object. */
function isCached({ apiVersion, kind }: WorkloadRef): boolean {
  return apiVersion === 'apps/v1' && (kind === 'Deployment' || kind === 'StatefulSet');
}

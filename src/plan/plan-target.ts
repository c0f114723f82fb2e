import { restoreFinalizer } from '../api/group.ts';
import { parseInstant } from '../api/instant.ts';
import type { ReasonStep } from '../api/sale-plan.ts';
import type { Observation } from '../observe/observation.ts';
import { stopsLowering, stopsRaises } from './effective-mode.ts';
import { isRaised, type Lever } from './lever.ts';
import type { Bounds, TargetPlan, TargetReason } from './plan.ts';
import { planBounds } from './plan-bounds.ts';
import { restoreBounds } from './restore-bounds.ts';
import { restoreReplicas } from './restore-replicas.ts';
import type { NamespaceShare } from './share-namespace.ts';
import { mayRaise, type TargetWish } from './target-wish.ts';

/** What to do about one target's bounds, without what to say about it. */
export type TargetDecision = Pick<
  TargetPlan,
  'bounds' | 'replicas' | 'action' | 'floor' | 'floorMax' | 'reason' | 'because'
> & {
  /** What the restore still waits for, in words. */
  readonly waitsFor?: string;
  /** Whether the namespace's total binds. */
  readonly isShared?: boolean;
};

/**
 * What to do about one target.
 *
 *   floor above baseline   may raise   raised by us   paused   →  action
 *   yes                    yes         any            None        Write the floor
 *   yes                    yes         any            Up          Hold
 *   yes                    refused     yes            any         Hold: a slip of the pen lowers nothing during a sale
 *   yes                    given up    yes            None        Write the restore
 *   no                     any         yes            None        Write the restore
 *   no                     any         yes            Down        Hold
 *   any                    any         no             any         Hold, or Release our finalizer
 *
 * "Given up" is a target in mode ForecastOnly or being deleted.
 */
export function planTarget(wish: TargetWish, share: NamespaceShare, observation: Observation): TargetDecision {
  const { lever, observed, refusal, covering, paused } = wish;
  const { baseline } = observed.target.spec;
  const shared = sharedFloor(wish, share);
  const wantsRaise = mayRaise(wish) && shared.replicas !== undefined && shared.replicas > baseline.minReplicas;
  if (lever !== undefined && wantsRaise) return raise(wish, lever, shared, observation);
  if (lever === undefined || !isRaised(lever)) return { ...atRest(wish, shared), because: shared.because };
  const isHeldByRefusal = refusal !== undefined && covering.length > 0 && wish.forecastOnlyBy === undefined;
  if (isHeldByRefusal) return holdLive(wish, lever, 'Refused', shared.because);
  if (stopsLowering(paused)) return holdLive(wish, lever, 'Paused', shared.because);
  return restore(wish, lever, observation);
}

interface SharedFloor {
  readonly replicas: number | undefined;
  readonly because: readonly ReasonStep[];
  readonly isShared: boolean;
}

function sharedFloor({ name, replicas, because }: TargetWish, { granted, total, field }: NamespaceShare): SharedFloor {
  const share = granted.get(name);
  if (replicas === undefined || share === undefined || share >= replicas) return { replicas, because, isShared: false };
  const message = `${field} of ${total} leaves ${share} of ${replicas} replicas`;
  return {
    replicas: share,
    because: [...because, { rule: 'limit', value: share, unit: 'replicas', message }],
    isShared: true,
  };
}

function raise(wish: TargetWish, lever: Lever, shared: SharedFloor, { limits }: Observation): TargetDecision {
  const { observed, cap, paused, floor } = wish;
  const { spec } = observed.target;
  const planned = planBounds({
    floor: shared.replicas,
    spec,
    cap: cap.replicas,
    surgeRoomPercent: limits.surgeRoomPercent,
    lever,
  });
  const bounds = withinPause(planned, lever, wish);
  if (lever.kind === 'Autoscaler' && paused !== 'None' && sameBounds(bounds, lever)) {
    const reason = sameBounds(planned, lever) && floor !== undefined ? floor.reason : 'Paused';
    return holdLive(wish, lever, reason, shared.because);
  }
  if (lever.kind === 'Workload') return raiseReplicas(wish, lever, shared, bounds);
  const isBound = wish.boundBy !== undefined || shared.isShared;
  return {
    bounds,
    action: 'Write',
    floor: bounds.minReplicas,
    ...(bounds.maxReplicas > spec.baseline.maxReplicas ? { floorMax: bounds.maxReplicas } : {}),
    reason: isBound ? 'AtCeiling' : (floor?.reason ?? 'Baseline'),
    because: [...shared.because, boundsStep(bounds)],
    isShared: shared.isShared,
  };
}

function raiseReplicas(wish: TargetWish, lever: Lever, shared: SharedFloor, bounds: Bounds): TargetDecision {
  const { paused, floor, boundBy } = wish;
  const { currentReplicas } = lever;
  if (currentReplicas === 0 || (stopsRaises(paused) && bounds.minReplicas > currentReplicas)) {
    return holdLive(wish, lever, currentReplicas === 0 ? (floor?.reason ?? 'Baseline') : 'Paused', shared.because);
  }
  const replicas = Math.max(currentReplicas, bounds.minReplicas);
  const message = `spec.replicas ${replicas}, through /scale: there is no HPA`;
  return {
    bounds,
    replicas,
    action: 'Write',
    floor: bounds.minReplicas,
    reason: boundBy !== undefined || shared.isShared ? 'AtCeiling' : (floor?.reason ?? 'Baseline'),
    because: [...shared.because, { rule: 'bounds', value: replicas, unit: 'replicas', message }],
    isShared: shared.isShared,
  };
}

function restore(wish: TargetWish, lever: Lever, observation: Observation): TargetDecision {
  const { observed, forecastOnlyBy } = wish;
  const { spec } = observed.target;
  const { policy, limits, now } = observation;
  const peak = highestRecorded(wish, observation);
  const reason = 'Restoring';
  if (lever.kind === 'Workload') {
    const isGivenUp = forecastOnlyBy !== undefined;
    const back = restoreReplicas({ lever, target: observed, isGivenUp, peak, policy, limits, now });
    const value = back.replicas ?? lever.currentReplicas;
    const message = back.waitsFor ?? `restored to the baseline of ${spec.baseline.minReplicas}, as far as it was ours`;
    const because = [{ rule: 'restore', value, unit: 'replicas', message }];
    return { bounds: spec.baseline, action: 'Write', reason, because, ...back };
  }
  const back = restoreBounds({ lever, spec, peak, policy, now });
  const message =
    back.waitsFor ?? `restored to the baseline ${spec.baseline.minReplicas}..${spec.baseline.maxReplicas}`;
  const because = [{ rule: 'restore', value: back.bounds.minReplicas, unit: 'replicas', message }];
  return { action: 'Write', reason, because, ...back };
}

/** Nothing of ours is in force, and nothing is to be. */
function atRest(wish: TargetWish, shared: SharedFloor): Omit<TargetDecision, 'because'> {
  const { lever, observed, refusal, forecastOnlyBy } = wish;
  const { metadata, spec } = observed.target;
  const { minReplicas } = spec.baseline;
  const wouldRaise = shared.replicas !== undefined && shared.replicas > minReplicas;
  const reason: TargetReason =
    refusal !== undefined ? 'Refused' : wouldRaise && forecastOnlyBy !== undefined ? 'ForecastOnly' : 'Baseline';
  return {
    bounds: lever?.kind === 'Autoscaler' ? liveBounds(lever) : spec.baseline,
    action: metadata.finalizers?.includes(restoreFinalizer) ? 'Release' : 'Hold',
    reason,
  };
}

function holdLive(
  { observed }: TargetWish,
  lever: Lever,
  reason: TargetReason,
  because: readonly ReasonStep[],
): TargetDecision {
  return {
    bounds: lever.kind === 'Autoscaler' ? liveBounds(lever) : observed.target.spec.baseline,
    action: 'Hold',
    ...(lever.floor === undefined ? {} : { floor: lever.floor }),
    ...(lever.floorMax === undefined ? {} : { floorMax: lever.floorMax }),
    reason,
    because,
  };
}

/** Bounds that a pause allows: none above, or none below, what is there. */
function withinPause(bounds: Bounds, lever: Lever, { paused }: TargetWish): Bounds {
  if (lever.kind === 'Workload') return bounds;
  const keep = (planned: number, live: number) => {
    const lowered = stopsRaises(paused) ? Math.min(planned, live) : planned;
    return stopsLowering(paused) ? Math.max(lowered, live) : lowered;
  };
  return {
    minReplicas: keep(bounds.minReplicas, lever.minReplicas),
    maxReplicas: keep(bounds.maxReplicas, lever.maxReplicas),
  };
}

/** The highest minimum that the newest SalePlan has recorded for the target: what rampDown's percent are of. */
function highestRecorded({ name, lever }: TargetWish, { salePlans, now }: Observation): number {
  const begun = salePlans
    .map(({ status }) => status?.plan)
    .filter(plan => plan !== undefined)
    .filter(plan => parseInstant(plan.prescaleTime) <= now)
    .toSorted((a, b) => parseInstant(b.prescaleTime) - parseInstant(a.prescaleTime));
  const planned = begun.map(plan => plan.targets.find(({ target }) => target === name));
  const newest = planned.find(target => target !== undefined);
  return Math.max(lever?.floor ?? 0, ...(newest?.steps ?? []).map(({ minReplicas }) => minReplicas));
}

function boundsStep({ minReplicas, maxReplicas }: Bounds): ReasonStep {
  const message = `minReplicas ${minReplicas}, maxReplicas ${maxReplicas}`;
  return { rule: 'bounds', value: minReplicas, unit: 'replicas', message };
}

function liveBounds({ minReplicas, maxReplicas }: Lever): Bounds {
  return { minReplicas, maxReplicas };
}

function sameBounds(one: Bounds, other: Bounds): boolean {
  return one.minReplicas === other.minReplicas && one.maxReplicas === other.maxReplicas;
}

import { isMissing } from '../../api/missing.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import { type Curve, stepAt, timeOf } from '../demand/curve.ts';
import { rampTimes } from '../ramp-up.ts';
import { climbTo } from './replicas/climb-ramp.ts';
import { replicasFor } from './replicas/divide-by-capacity.ts';
import type { ReplicaChain } from './replicas/replica-chain.ts';
import type { ReplicaNeed, Sizing, TargetNeeds } from './replicas/replica-rule.ts';
import { peakOver, type SaleNeed } from './sale-need.ts';
import type { ScheduledSale } from './schedule-sales.ts';

/** Replicas that are due from a given time on. */
export interface PlannedFloor {
  /** Epoch ms. */
  readonly at: number;
  readonly replicas: number;
}

/**
 * Share (0–1) of the peak from which a decrease gets its own step; the operator follows in finer steps than the record.
 */
const stepShare = 0.05;

/**
 * Plans the floors of one sale by target: the whole sale from the prescale time, then less after the forecast's peak; a
 * sale held daily goes down and up again from day to day. What is recorded of a sale that is refused or gone holds to its
 * end. At most 21 per target, 201 where it is held daily. Each stays within what the whole sale is given.
 */
export function plannedFloors(
  { needs, whole, prescaleTime }: ScheduledSale,
  chain: ReplicaChain,
): ReadonlyMap<string, readonly PlannedFloor[]> {
  const floors = new Map<string, PlannedFloor[]>();
  whole.forEach(({ replicas }, name) => {
    const { spec } = chain.targets.get(name) ?? {};
    floors.set(name, firstFloors({ need: needs.get(name), replicas, prescaleTime, spec }));
  });
  const changes = new Map<string, readonly Change[]>();
  let most = 0;
  needs.forEach((need, name) => {
    const sizing = chain.targets.get(name)?.sizing;
    if (sizing?.capacity.perReplica === undefined || need.isUnsized === true) return;
    const found = changesOf(need, { whole: whole.get(name)?.needed ?? 0, prescaleTime, sizing });
    changes.set(name, found);
    most = Math.max(most, found.length);
  });
  for (let nth = 0; nth < most; nth++) {
    const due = new Map<string, TargetNeeds>();
    changes.forEach(({ [nth]: change }, name) => {
      if (change === undefined) return;
      const byDemand: ReplicaNeed = { reason: 'SaleRunning', demand: change.demand, replicas: 0, steps: [] };
      const { replicas } = needs.get(name)?.recorded ?? {};
      const byRecord: ReplicaNeed[] = replicas === undefined ? [] : [{ reason: 'NoDemand', replicas, steps: [] }];
      due.set(name, { needs: [byDemand, ...byRecord] });
    });
    chain.run(due, { within: whole, isUnexplained: true }).forEach(({ replicas }, name) => {
      const at = changes.get(name)?.[nth]?.at;
      if (at !== undefined) floors.get(name)?.push({ at, replicas });
    });
  }
  return floors;
}

/** The floors up to the whole sale's: one, or the steps of a ramp; a sale held daily has its own. */
function firstFloors(input: {
  readonly need: SaleNeed | undefined;
  readonly replicas: number;
  readonly prescaleTime: number;
  readonly spec: ScalingTargetSpec | undefined;
}): PlannedFloor[] {
  const { need, replicas, prescaleTime, spec } = input;
  if (need?.aheadMs !== undefined && need.isUnsized !== true) return [];
  if (need?.fullAt === undefined || spec === undefined) return [{ at: prescaleTime, replicas }];
  const { fullAt } = need;
  return rampTimes(spec, fullAt).map(at => ({ at, replicas: climbTo(replicas, spec, { now: at, fullAt }) }));
}

/** A time from which a sale needs less, or more again. */
interface Change {
  /** Epoch ms. */
  readonly at: number;
  /** Requests per second. */
  readonly demand: number;
}

/** The most changes that a SalePlan records for one target held daily. */
const mostChanges = 200;

/** The times at which the need moves far enough for a step of its own. The chain of rules turns each into replicas. */
function changesOf(
  need: SaleNeed,
  planned: { readonly whole: number; readonly prescaleTime: number; readonly sizing: Sizing },
): readonly Change[] {
  const { total, aheadMs, occurrence } = need;
  const { whole, prescaleTime, sizing } = planned;
  if (aheadMs === undefined) {
    if (isMissing(total)) return [];
    const first = stepAt(total, peakOver(need, occurrence.start) ?? occurrence.end);
    return changesFrom({ need, total, first, whole, smallest: Math.max(1, whole * stepShare), sizing });
  }
  if (isMissing(total)) return [];
  const begin = { at: prescaleTime, demand: demandAt(need, total, stepAt(total, occurrence.start)) };
  for (const share of [stepShare, 0.1, 0.25, 0.5]) {
    const smallest = Math.max(1, whole * share);
    const first = stepAt(total, occurrence.start);
    const found = changesFrom({ need, total, first, whole, smallest, sizing, from: begin });
    if (found.length < mostChanges) return [begin, ...found];
  }
  return [begin];
}

/** Changes of at least `smallest` replicas; a rise is recorded as the next multiple of it, never too low. */
function changesFrom(input: {
  readonly need: SaleNeed;
  readonly total: Curve;
  readonly first: number;
  readonly whole: number;
  readonly smallest: number;
  readonly sizing: Sizing;
  /** The floor before the first step. @default the whole sale's */
  readonly from?: Change;
}): readonly Change[] {
  const { need, total, first, whole, smallest, sizing, from } = input;
  const { rest, occurrence, recorded } = need;
  const {
    headroomRatio,
    capacity: { perReplica: capacity = Number.POSITIVE_INFINITY },
  } = sizing;
  const found: Change[] = [];
  let last = from === undefined ? whole : replicasFor(from.demand * headroomRatio, capacity);
  for (let step = first; step < rest.length; step++) {
    const at = timeOf(total, step);
    if (at >= occurrence.end) break;
    const demand = demandAt(need, total, step);
    const replicas = Math.max(recorded?.replicas ?? 0, replicasFor(demand * headroomRatio, capacity));
    if (replicas > last) {
      last = Math.min(whole, Math.ceil(replicas / smallest) * smallest);
      found.push({ at, demand: Math.max(demand, (last * capacity) / headroomRatio) });
    } else if (last - replicas >= smallest || (replicas < last && replicas === recorded?.replicas)) {
      found.push({ at, demand });
      last = replicas;
    }
  }
  return found;
}

/** Requests per second that the floor of a step covers. */
function demandAt({ rest, minimum }: SaleNeed, total: Curve, step: number): number {
  const least = minimum === undefined ? 0 : (minimum.rest[stepAt(minimum.curve, timeOf(total, step))] ?? 0);
  return Math.max(rest[step] ?? 0, least);
}

import { isMissing } from '../../api/missing.ts';
import { stepAt, timeOf } from '../demand/curve.ts';
import { replicasFor } from './replicas/divide-by-capacity.ts';
import type { ReplicaChain } from './replicas/replica-chain.ts';
import type { Sizing, TargetNeeds } from './replicas/replica-rule.ts';
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
 * Plans the floors of one sale by target: the whole sale from the prescale time, then less after the forecast's peak.
 * At most 21 per target. Each decrease stays within what the whole sale is given.
 */
export function plannedFloors(
  { needs, whole, prescaleTime }: ScheduledSale,
  chain: ReplicaChain,
): ReadonlyMap<string, readonly PlannedFloor[]> {
  const floors = new Map<string, PlannedFloor[]>();
  for (const [name, { replicas }] of whole) floors.set(name, [{ at: prescaleTime, replicas }]);
  const sinks = new Map<string, readonly Sink[]>();
  for (const [name, need] of needs) {
    const sizing = chain.targets.get(name)?.sizing;
    if (sizing !== undefined) sinks.set(name, sinksOf(need, whole.get(name)?.needed ?? 0, sizing));
  }
  const most = sinks.values().reduce((longest, { length }) => Math.max(longest, length), 0);
  for (let nth = 0; nth < most; nth++) {
    const due = new Map<string, TargetNeeds>();
    for (const [name, { [nth]: sink }] of sinks) {
      if (sink !== undefined)
        due.set(name, { needs: [{ reason: 'SaleRunning', demand: sink.demand, replicas: 0, steps: [] }] });
    }
    for (const [name, { replicas }] of chain.run(due, { within: whole })) {
      const at = sinks.get(name)?.[nth]?.at;
      if (at !== undefined) floors.get(name)?.push({ at, replicas });
    }
  }
  return floors;
}

/** A time from which the rest of a sale needs less. */
interface Sink {
  /** Epoch ms. */
  readonly at: number;
  /** Requests per second. */
  readonly demand: number;
}

/** The times at which the need falls far enough for a step of its own. The chain of rules turns each into replicas. */
function sinksOf(need: SaleNeed, whole: number, { headroomRatio, capacity }: Sizing): readonly Sink[] {
  const { total, rest, minimum, recorded, occurrence } = need;
  const from = peakOver(need);
  if (isMissing(total) || from === undefined || recorded !== undefined) return [];
  const found: Sink[] = [];
  const smallest = Math.max(1, whole * stepShare);
  let last = whole;
  for (let step = stepAt(total, from); step < rest.length; step++) {
    const at = timeOf(total, step);
    if (at >= occurrence.end) break;
    const least = minimum === undefined ? 0 : (minimum.rest[stepAt(minimum.curve, at)] ?? 0);
    const demand = Math.max(rest[step] ?? 0, least);
    const replicas = replicasFor(demand * headroomRatio, capacity);
    if (last - replicas < smallest) continue;
    found.push({ at, demand });
    last = replicas;
  }
  return found;
}

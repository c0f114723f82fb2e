import type { Series } from '../../../forecasts/index.ts';
import type { ServedStep } from './hour-evidence.ts';

/** A time in which the replicas of a workload did not change, epoch ms. */
export interface SteadyTime {
  readonly from: number;
  readonly until: number;
  /** Ready replicas, all that were wanted. */
  readonly ready: number;
  /** What the workload's HPA said of its target within it, the oldest first. @default it said nothing */
  readonly saturation?: readonly Saturation[];
}

/** A time, epoch ms, in which an HPA was above its target or was not. */
export interface Saturation {
  readonly from: number;
  readonly until: number;
  readonly isAbove: boolean;
}

/** Milliseconds until an HPA tells a load: it reads an average of the minutes before, and its metrics come late. */
const toldAfterMs = 120_000;

/** Answer times of a service and the most that its objective allows, both in ms. */
export interface AnswerTimes {
  readonly p95: Series;
  readonly mostMs: number;
}

/**
 * Joins demand and answer times, or what the HPA said of its target, to the steps of [from, until) that can teach: all replicas that were wanted were ready
 * throughout, demand and answer time are known, or the HPA said one thing throughout and until it had read that load, and where the objective did not hold, no callee was over its own.
 */
export function servedSteps(input: {
  /** Requests per second. */
  readonly demand: Series;
  readonly own: AnswerTimes | 'Autoscaler';
  readonly callees: readonly AnswerTimes[];
  readonly steady: readonly SteadyTime[];
  /** Epoch ms. */
  readonly from: number;
  readonly until: number;
}): readonly ServedStep[] {
  const { demand, own, callees, steady, from, until } = input;
  const stepMs = demand.stepSeconds * 1000;
  return demand.values.flatMap((load, index): readonly ServedStep[] => {
    const at = demand.start + index * stepMs;
    const time = steady.find(one => one.from <= at && at + stepMs <= one.until);
    if (at < from || at + stepMs > until || time === undefined || time.ready === 0) return [];
    const held = own === 'Autoscaler' ? heldByAutoscaler(time, at, at + stepMs) : heldIn(own, at);
    if (load === null || held === undefined) return [];
    const isCallees = !held && callees.some(({ p95, mostMs }) => (valueAt(p95, at) ?? 0) > mostMs);
    return isCallees ? [] : [{ rate: load / time.ready, held }];
  });
}

function heldIn({ p95, mostMs }: AnswerTimes, at: number): boolean | undefined {
  const answered = valueAt(p95, at);
  return answered === undefined ? undefined : answered <= mostMs;
}

function heldByAutoscaler({ saturation = [] }: SteadyTime, from: number, until: number): boolean | undefined {
  const said = saturation.find(one => one.from <= from && until + toldAfterMs <= one.until);
  return said === undefined ? undefined : !said.isAbove;
}

function valueAt({ start, stepSeconds, values }: Series, at: number): number | undefined {
  return values[Math.round((at - start) / (stepSeconds * 1000))] ?? undefined;
}

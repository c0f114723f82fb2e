import type { CapacityHour } from '../../api/learned/capacity-hour.ts';
import { normalProbability } from '../normal-probability.ts';

/** Capacity of one ready replica as the hours show it, in requests per second. */
export type CapacityEstimate =
  /** The objective broke: the rate at which it does, with the range that holds it with 80 % probability. */
  | { readonly kind: 'Known'; readonly perReplica: number; readonly low: number; readonly high: number }
  /** The objective never broke: it can serve at least this, and nobody knows how much more. */
  | { readonly kind: 'AtLeast'; readonly perReplica: number };

/** Spread of ln(rate) at which the objective breaks from hour to hour. */
const spread = 0.1;
/** Probability that an hour shows something else than the capacity, however clearly. */
const misleading = 0.05;
/** Weight of an hour for each later revision of the pod template, and of each 30 days of age. */
const olderRevision = 0.5;
const olderMonth = 0.7;
const monthMs = 30 * 86_400_000;
const gridSize = 160;

/**
 * Estimates the capacity from hours in which the objective broke, and hours in which it held, which only show that it is
 * larger; undefined where there are none. A deploy and time take weight from an hour, and never make it say more. A rate of
 * 0 or less, which a status can hold, shows nothing.
 */
export function estimateCapacity(all: readonly CapacityHour[], now: number): CapacityEstimate | undefined {
  const hours = all.filter(({ heldAt = 1, brokeAt = 1 }) => heldAt > 0 && brokeAt > 0);
  const weights = weighHours(hours, now);
  const held = hours.flatMap(({ heldAt }) => heldAt ?? []);
  const broke = hours.flatMap(({ brokeAt }) => brokeAt ?? []);
  if (broke.length === 0) return held.length === 0 ? undefined : { kind: 'AtLeast', perReplica: Math.max(...held) };
  const [least, most] = [Math.log(Math.min(...held, ...broke) / 2), Math.log(Math.max(...held, ...broke) * 2)];
  const grid = Array.from({ length: gridSize }, (_, index) => least + ((most - least) * index) / (gridSize - 1));
  const logs = grid.map(capacity =>
    hours.reduce((sum, hour, index) => sum + (weights[index] ?? 0) * logLikelihood(hour, capacity), 0),
  );
  const highest = Math.max(...logs);
  const masses = logs.map(log => Math.exp(log - highest));
  const quantile = (level: number) => Math.exp(quantileOf(grid, masses, level));
  return { kind: 'Known', perReplica: quantile(0.5), low: quantile(0.1), high: quantile(0.9) };
}

/** Probability, as a logarithm, of what an hour showed with a capacity of exp(`capacity`). */
function logLikelihood({ heldAt, brokeAt }: CapacityHour, capacity: number): number {
  const below = (rate: number) => normalProbability((Math.log(rate) - capacity) / spread);
  const held = heldAt === undefined ? 1 : 1 - below(heldAt);
  const broke = brokeAt === undefined ? 1 : below(brokeAt);
  return Math.log(misleading + (1 - misleading) * held * broke);
}

/** Weights of hours, 0 to 1: by revisions since, newest hour first, and by age. */
function weighHours(hours: readonly CapacityHour[], now: number): readonly number[] {
  const newestFirst = hours.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const revisions = [...new Set(newestFirst.map(({ revision }) => revision))];
  return hours.map(({ at, revision }) => {
    const months = Math.max(0, now - Date.parse(at)) / monthMs;
    return olderRevision ** revisions.indexOf(revision) * olderMonth ** months;
  });
}

function quantileOf(grid: readonly number[], masses: readonly number[], level: number): number {
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  let seen = 0;
  for (const [index, mass] of masses.entries()) {
    seen += mass;
    if (seen >= level * total) return grid[index] ?? 0;
  }
  return grid.at(-1) ?? 0;
}

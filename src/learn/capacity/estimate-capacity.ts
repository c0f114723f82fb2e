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
/** Spread of ln(capacity) by which a deploy changes it. */
const deploySpread = 0.25;
/** Weight of an hour for each 30 days of age. */
const olderMonth = 0.7;
const monthMs = 30 * 86_400_000;
const gridSize = 160;

/**
 * Estimates the capacity from hours in which the objective broke, and hours in which it held, which only show that it is
 * larger; undefined where there are none. Time takes weight from an hour, and what the hours of one pod template show is less
 * sure of the next one: a deploy may have changed it. A rate of 0 or less, which a status can hold, shows nothing.
 */
export function estimateCapacity(all: readonly CapacityHour[], now: number): CapacityEstimate | undefined {
  const hours = all.filter(({ heldAt = 1, brokeAt = 1 }) => heldAt > 0 && brokeAt > 0);
  const held = hours.flatMap(({ heldAt }) => heldAt ?? []);
  const broke = hours.flatMap(({ brokeAt }) => brokeAt ?? []);
  if (broke.length === 0) return held.length === 0 ? undefined : { kind: 'AtLeast', perReplica: Math.max(...held) };
  const [least, most] = [Math.log(Math.min(...held, ...broke) / 2), Math.log(Math.max(...held, ...broke) * 2)];
  const grid = Array.from({ length: gridSize }, (_, index) => least + ((most - least) * index) / (gridSize - 1));
  const masses = byRevision(hours).reduce<readonly number[]>(
    (believed, own, index) => weigh(index === 0 ? believed : blur(believed, grid), { grid, hours: own, now }),
    grid.map(() => 1),
  );
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

/** Groups hours by the revision of the pod template, that of the newest hour last. */
function byRevision(hours: readonly CapacityHour[]): readonly (readonly CapacityHour[])[] {
  const newestFirst = hours.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return [...Map.groupBy(newestFirst, ({ revision }) => revision).values()].reverse();
}

/** Adds to what is believed what the hours of one revision show; the highest of the result is 1. */
function weigh(
  believed: readonly number[],
  input: { readonly grid: readonly number[]; readonly hours: readonly CapacityHour[]; readonly now: number },
): readonly number[] {
  const { grid, hours, now } = input;
  const logs = grid.map((capacity, index) =>
    hours.reduce(
      (sum, hour) => {
        const months = Math.max(0, now - Date.parse(hour.at)) / monthMs;
        return sum + olderMonth ** months * logLikelihood(hour, capacity);
      },
      Math.log(believed[index] ?? 0),
    ),
  );
  const highest = Math.max(...logs);
  return logs.map(log => Math.exp(log - highest));
}

/** What is believed after a deploy: the capacity may have changed by `deploySpread` either way. */
function blur(believed: readonly number[], grid: readonly number[]): readonly number[] {
  const width = ((grid.at(-1) ?? 0) - (grid[0] ?? 0)) / (grid.length - 1);
  const weightOf = (steps: number) => Math.exp(-0.5 * ((steps * width) / deploySpread) ** 2);
  return grid.map((_, at) => believed.reduce((sum, mass, from) => sum + mass * weightOf(at - from), 0));
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

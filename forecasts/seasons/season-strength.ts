import type { Samples } from '../series/samples.ts';

/**
 * Share (0–1) of the variance explained by the profile of a season: epsilon squared, the share between the phases
 * corrected for the number of phases, so that it is 0 on average without a season.
 *
 * @see Kelley (1935), An unbiased correlation ratio measure, Proceedings of the National Academy of Sciences 21(9)
 */
export function seasonStrength(values: Float64Array, period: number): number {
  const { sums, counts } = phasesOf(values, period);
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    squares += value * value;
  }
  const total = squares - (sum * sum) / Math.max(1, count);
  let between = -(sum * sum) / Math.max(1, count);
  let phases = 0;
  for (let phase = 0; phase < period; phase++) {
    const known = counts[phase] as number;
    if (known === 0) continue;
    phases++;
    between += (sums[phase] as number) ** 2 / known;
  }
  if (!(total > 1e-12 * squares) || count <= phases) return 0;
  const within = (total - between) / (count - phases);
  return Math.min(1, Math.max(0, 1 - within / (total / (count - 1))));
}

/** The values less the mean of their phase. */
export function withoutSeason(values: Float64Array, period: number): Float64Array {
  const { sums, counts } = phasesOf(values, period);
  return values.map((value, i) => value - (sums[i % period] as number) / (counts[i % period] as number));
}

/** The values less their moving mean over one period, which removes level and trend. */
export function withoutLevel({ values }: Samples, period: number): Float64Array {
  const sums = new Float64Array(values.length + 1);
  const counts = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const known = Number.isNaN(value) ? 0 : 1;
    sums[i + 1] = (sums[i] as number) + (known ? value : 0);
    counts[i + 1] = (counts[i] as number) + known;
  }
  return values.map((value, i) => {
    const first = Math.max(0, Math.min(values.length - period, i - (period >> 1)));
    const end = Math.min(values.length, first + period);
    return (
      value - ((sums[end] as number) - (sums[first] as number)) / ((counts[end] as number) - (counts[first] as number))
    );
  });
}

/**
 * Strength that a series without this season exceeds by chance about once in twenty: the maximum over 19 random orders
 * of blocks, each a quarter of the period long. The seeds are fixed, so results are reproducible.
 */
export function chanceStrength(values: Float64Array, period: number): number {
  const block = Math.max(1, Math.round(period / 4));
  const blocks = Math.floor(values.length / block);
  const shuffled = values.slice(0, blocks * block);
  let highest = 0;
  for (let draw = 1; draw < 20; draw++) {
    const order = shuffledOrder(blocks, draw);
    order.forEach((from, to) => {
      shuffled.set(values.subarray(from * block, (from + 1) * block), to * block);
    });
    highest = Math.max(highest, seasonStrength(shuffled, period));
  }
  return highest;
}

function phasesOf(values: Float64Array, period: number) {
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const phase = i % period;
    sums[phase] = (sums[phase] as number) + value;
    counts[phase] = (counts[phase] as number) + 1;
  }
  return { sums, counts };
}

/**
 * Fisher–Yates shuffle of 0 to `length` − 1 with a seeded linear congruential generator (constants of Numerical
 * Recipes).
 */
function shuffledOrder(length: number, seed: number): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i);
  let state = seed;
  for (let i = length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = Math.floor((state / 4_294_967_296) * (i + 1));
    const swapped = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swapped;
  }
  return order;
}

import type { CapacityHour } from '../../src/api/learned/capacity-hour.ts';
import { estimateCapacity } from '../../src/learn/capacity/estimate-capacity.ts';
import { hourEvidence, type ServedStep } from '../../src/learn/capacity/hour-evidence.ts';
import { keepCapacityHours } from '../../src/learn/capacity/keep-capacity-hours.ts';
import { createRandom, type Random } from '../../src/simulate/random.ts';
import type { BenchmarkTable, Figure, RunBenchmark } from '../support/bench/benchmark.ts';

const seeds = 1000;
/** The constants of the estimate were chosen on seeds below this one. */
const firstSeed = 1000;
const hourMs = 3_600_000;
const end = Date.parse('2026-11-27T00:00:00Z');

/** How the objective of a service really breaks. */
interface Truth {
  readonly title: string;
  /** Spread of ln(rate) at which it breaks, from hour to hour and from minute to minute. */
  readonly hourSpread: number;
  readonly minuteSpread: number;
  /** Probability that an hour of overload is one of errors, slow whatever the load. */
  readonly errors: number;
  /** Factor on the capacity before the newest deploy. */
  readonly before: number;
  /** Whether the load ever reaches the capacity. */
  readonly breaks: boolean;
}

const steady: Truth = {
  title: 'steady',
  hourSpread: 0.05,
  minuteSpread: 0.02,
  errors: 0,
  before: 1,
  breaks: true,
};

const truths: readonly Truth[] = [
  steady,
  { ...steady, title: 'as uncertain as the estimate assumes', hourSpread: 0.1 },
  { ...steady, title: 'uncertain from hour to hour', hourSpread: 0.15 },
  { ...steady, title: 'noisy from minute to minute', minuteSpread: 0.1 },
  { ...steady, title: 'one hour in ten is one of errors', errors: 0.1 },
  { ...steady, title: 'a deploy halfway took 20 % of it', before: 1.25 },
  { ...steady, title: 'never reached', breaks: false },
];

/** How near the capacity that is learned is to the true one, how often its range holds it, and how far below it is. */
export const run: RunBenchmark = () => ({
  settings: [
    `${seeds} seeds each, other ones than the constants were chosen on; the true capacity is 2 to 200 requests/s a replica, every ratio as likely`,
    'an hour of overload has 60 minutes at 0.5 to 1.3 times the capacity; two hours of ordinary load, at 0.4 to 0.8 times, come with each; four a week, the newest yesterday; what is kept of them is what a status keeps',
    'the range is stated to hold the capacity with 80 % probability; its low end is what demand is divided by where no capacity is stated',
  ],
  tables: truths.flatMap(truth => (truth.breaks ? [2, 6, 12] : [6]).map(count => judge(truth, count))),
  skipped: [],
});

function judge(truth: Truth, count: number): BenchmarkTable {
  const errors: number[] = [];
  const shortfalls: number[] = [];
  let known = 0;
  let held = 0;
  let above = 0;
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const random = createRandom(seed, truth.title);
    const capacity = Math.exp(random.between(Math.log(2), Math.log(200)));
    const estimate = estimateCapacity(seenHours(truth, { count, capacity, random }), end);
    if (estimate === undefined) continue;
    if (estimate.kind === 'AtLeast') {
      if (estimate.perReplica > capacity) above++;
      continue;
    }
    known++;
    errors.push(Math.abs(estimate.perReplica / capacity - 1));
    shortfalls.push(1 - estimate.low / capacity);
    if (estimate.low <= capacity && capacity <= estimate.high) held++;
    if (estimate.low > capacity) above++;
  }
  const title = `${truth.title}, ${truth.breaks ? `after ${count} hours of overload` : 'ordinary load alone'}`;
  return { title, figures: truth.breaks ? figures() : bounds() };

  function figures(): readonly Figure[] {
    return [
      { measure: 'range holds the true capacity', value: held / known, must: [0.8, 1] },
      {
        measure: 'median error',
        value: medianOf(errors),
        ...(count === 6 ? { must: 0.1 } : count === 12 ? { must: 0.05 } : {}),
      },
      { measure: 'low end above the true capacity', value: above / known, must: 0.1 },
      {
        measure: 'median shortfall of the low end',
        value: medianOf(shortfalls),
        ...(count === 2 ? {} : { must: 0.2 }),
      },
      { measure: 'learned nothing', value: 1 - known / seeds, ...(count === 2 ? {} : { must: 0.01 }) },
    ];
  }

  /** Without an overload the capacity is a lower bound, and never known. */
  function bounds(): readonly Figure[] {
    return [
      { measure: 'said to be known', value: known / seeds, must: 0 },
      { measure: 'lower bound above the true capacity', value: above / seeds, must: 0.01 },
    ];
  }
}

/** Hours of overload, each with two of ordinary load, as a status keeps them at the end. */
function seenHours(
  truth: Truth,
  { count, capacity, random }: { readonly count: number; readonly capacity: number; readonly random: Random },
): readonly CapacityHour[] {
  const hours: CapacityHour[] = [];
  for (let overload = 0; overload < count; overload++) {
    const isOld = truth.before !== 1 && overload < count / 2;
    const own = { truth, capacity: capacity * (isOld ? truth.before : 1), random };
    for (let nth = 0; nth < 3; nth++) {
      const steps = nth === 2 && truth.breaks ? drawHour(own, 0.5, 1.3) : drawHour(own, 0.4, 0.8);
      const evidence = hourEvidence(steps);
      const at = end - ((count - overload) * 42 - nth) * hourMs;
      if (evidence === undefined) continue;
      hours.push({ at: new Date(at).toISOString(), workload: 'cart', revision: isOld ? '1' : '2', ...evidence });
    }
  }
  return keepCapacityHours([], hours, { workload: 'cart', now: end });
}

function drawHour(
  { truth, capacity, random }: { readonly truth: Truth; readonly capacity: number; readonly random: Random },
  least: number,
  most: number,
): readonly ServedStep[] {
  const breaksAt = capacity * Math.exp(truth.hourSpread * random.normal());
  const isFaulty = most > 1 && random.next() < truth.errors;
  return Array.from({ length: 60 }, (): ServedStep => {
    const rate = capacity * random.between(least, most);
    const held = isFaulty ? random.next() < 0.5 : rate < breaksAt * Math.exp(truth.minuteSpread * random.normal());
    return { rate, held };
  });
}

function medianOf(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

import type { MeasuredRatio } from '../../src/api/learned/call-ratio.ts';
import { correctRatio } from '../../src/learn/calls/correct-ratio.ts';
import { noteHour } from '../../src/learn/calls/note-hour.ts';
import { saleRatio } from '../../src/learn/calls/sale-ratio.ts';
import { createRandom, type Random } from '../../src/simulate/random.ts';
import type { BenchmarkTable, RunBenchmark } from '../support/bench/benchmark.ts';

const seeds = 1000;
/** The constants of the corrections were chosen on seeds below this one. */
const firstSeed = 1000;

/** How what is declared, what is usual and what sales bring really differ. */
interface Truth {
  readonly title: string;
  /** Spread of ln(true ratio ÷ declared one). */
  readonly declaredSpread: number;
  /** Mean of ln(ratio in a sale ÷ usual one). */
  readonly saleShift: number;
  /** Spread of ln(ratio) from sale to sale, and from hour to hour. */
  readonly noise: number;
  /** Probability that an hour or a sale shows something else altogether. */
  readonly odd: number;
}

const truths: readonly Truth[] = [
  { title: 'declared right', declaredSpread: 0, saleShift: 0, noise: 0.1, odd: 0 },
  { title: 'declared wrong by a half', declaredSpread: 0.4, saleShift: 0, noise: 0.1, odd: 0 },
  { title: 'a checkout, half as often again in a sale', declaredSpread: 0.2, saleShift: 0.4, noise: 0.1, odd: 0 },
  { title: 'sales that differ', declaredSpread: 0.2, saleShift: 0.2, noise: 0.25, odd: 0 },
  { title: 'one in ten is odd', declaredSpread: 0.4, saleShift: 0.2, noise: 0.1, odd: 0.1 },
];

/** How near corrected call ratios are to the true ones, outside sales and in the next sale. */
export const run: RunBenchmark = () => ({
  settings: [
    `${seeds} seeds each, other ones than the constants were chosen on; 5 to 2,000 calls per thousand requests are declared, every ratio as likely`,
    'an odd hour or sale shows a third or three times of what is true; before sales 48 hours outside of them are known',
    'the error is |ln(corrected ÷ true)|, 0.1 = 10 %; worse: farther from the true ratio than the declared one by more than a tenth',
  ],
  tables: truths.flatMap(truth => [
    ...[6, 24, 48].map(hours => judgeHours(truth, hours)),
    ...[1, 3, 6].map(sales => judgeSales(truth, sales)),
  ]),
  skipped: [],
});

function judgeHours(truth: Truth, hours: number): BenchmarkTable {
  return judge(
    truth,
    `${hours} hours outside sales`,
    hours === 48 ? 0.1 : undefined,
    ({ declared, usual, random }) => ({
      truly: usual,
      corrected: ratioOf(declared, measureHours(truth, { declared, usual, random, hours })),
    }),
  );
}

function judgeSales(truth: Truth, sales: number): BenchmarkTable {
  const must = sales < 6 ? undefined : 0.15;
  return judge(truth, `${sales} past sales`, must, ({ declared, usual, random }) => {
    const ordinary = measureHours(truth, { declared, usual, random, hours: 48 });
    const truly = usual * Math.exp(truth.saleShift);
    const past = Array.from({ length: sales }, () => show(truth, truly, random));
    const outside = { target: 'checkout', until: '2026-11-27T00:00:00Z', ...(ordinary && { ordinary }) };
    return { truly, corrected: saleRatio({ declared, past, outside, isNight: false }).perThousandRequests };
  });
}

function judge(
  truth: Truth,
  after: string,
  must: number | undefined,
  correct: (shop: { readonly declared: number; readonly usual: number; readonly random: Random }) => {
    readonly truly: number;
    readonly corrected: number;
  },
): BenchmarkTable {
  const errors: number[] = [];
  const declaredErrors: number[] = [];
  let within = 0;
  let worse = 0;
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const random = createRandom(seed, `${truth.title} ${after}`);
    const declared = Math.exp(random.between(Math.log(5), Math.log(2000)));
    const usual = declared * Math.exp(truth.declaredSpread * random.normal());
    const { truly, corrected } = correct({ declared, usual, random });
    const [error, before] = [corrected, declared].map(one => Math.abs(Math.log(one / truly)));
    errors.push(error ?? 0);
    declaredErrors.push(before ?? 0);
    if ((error ?? 0) <= Math.log(1.2)) within++;
    if ((error ?? 0) > (before ?? 0) + 0.1) worse++;
  }
  return {
    title: `${truth.title}, after ${after}`,
    figures: [
      { measure: 'median error', value: medianOf(errors), ...(must === undefined ? {} : { must }) },
      { measure: 'median error as declared', value: medianOf(declaredErrors) },
      {
        measure: 'within a fifth of the true ratio',
        value: within / seeds,
        ...(must === undefined ? {} : { must: [0.75, 1] as const }),
      },
      { measure: 'worse than declared', value: worse / seeds, ...(must === undefined ? {} : { must: 0.05 }) },
    ],
  };
}

function measureHours(
  truth: Truth,
  input: { readonly declared: number; readonly usual: number; readonly random: Random; readonly hours: number },
): MeasuredRatio | undefined {
  const { declared, usual, random, hours } = input;
  let known: MeasuredRatio | undefined;
  for (let hour = 0; hour < hours; hour++) known = noteHour(known, show(truth, usual, random), declared);
  return known;
}

function ratioOf(declared: number, measured: MeasuredRatio | undefined): number {
  if (measured === undefined) return declared;
  return correctRatio(declared, { ratio: measured.perThousandRequests, hours: measured.hours });
}

/** What one hour or sale shows of a ratio. */
function show({ noise, odd }: Truth, ratio: number, random: Random): number {
  if (random.next() < odd) return ratio * (random.next() < 0.5 ? 3 : 1 / 3);
  return ratio * Math.exp(noise * random.normal());
}

function medianOf(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

import fc from 'fast-check';
import type { Series } from '../../../forecasts/index.ts';
import { madeUpDemand, monday } from './made-up-demand.ts';

/** Histories with little or no usable data, by kind of fault. */
export const poorHistories: readonly (readonly [string, Series])[] = [
  ['no history at all', { start: monday, stepSeconds: 60, values: [] }],
  ['one point', { start: monday, stepSeconds: 60, values: [7] }],
  ['nothing but gaps', { start: monday, stepSeconds: 60, values: new Array(500).fill(null) }],
  ['NaN and infinities as gaps', { start: monday, stepSeconds: 60, values: [Number.NaN, 1, Infinity, -Infinity, 2] }],
  ['a constant', { start: monday, stepSeconds: 300, values: new Array(3000).fill(42) }],
  ['nothing but zeros', { start: monday, stepSeconds: 300, values: new Array(3000).fill(0) }],
  [
    'negative values',
    { start: monday, stepSeconds: 300, values: Array.from({ length: 3000 }, (_, i) => Math.sin(i / 46) - 0.5) },
  ],
  [
    'a jump of 10⁹',
    { start: monday, stepSeconds: 300, values: Array.from({ length: 3000 }, (_, i) => (i > 2000 ? 1e9 : 1)) },
  ],
  [
    'a single outlier',
    { start: monday, stepSeconds: 300, values: Array.from({ length: 3000 }, (_, i) => (i === 2900 ? 5000 : 100)) },
  ],
  [
    'the largest numbers there are, of both signs',
    {
      start: monday,
      stepSeconds: 300,
      values: Array.from({ length: 3000 }, (_, i) => (Math.sin(i * i) > 0.9 ? Number.MAX_VALUE : -1e12 * Math.sin(i))),
    },
  ],
  ['three hours', { start: monday, stepSeconds: 60, values: Array.from({ length: 180 }, (_, i) => 10 + (i % 7)) }],
  ['a day and a half', madeUpDemand({ days: 1.5 })],
  ['daily steps for a year', madeUpDemand({ days: 365, stepSeconds: 86_400 })],
  ['weekly steps', madeUpDemand({ days: 364, stepSeconds: 604_800 })],
  ['steps of seven minutes', madeUpDemand({ days: 10, stepSeconds: 420 })],
  ['a hole of four days', holed(madeUpDemand({ days: 12, stepSeconds: 600 }))],
];

/** Arbitrary values in arbitrary steps: mostly demand, sometimes gaps, huge, tiny or negative values. */
export const wildHistory = fc.record({
  start: fc.integer({ min: 0, max: 1_900_000_000_000 }),
  stepSeconds: fc.constantFrom(15, 60, 300, 3600, 86_400),
  values: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.double({ min: 0, max: 1000, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.double({ min: -1e12, max: 1e12, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(0, Number.MIN_VALUE, Number.MAX_VALUE, Number.NaN, Infinity) },
    ),
    { maxLength: 400 },
  ),
});

function holed(series: Series): Series {
  return { ...series, values: series.values.map((value, i) => (i > 600 && i < 1176 ? null : value)) };
}

import fc from 'fast-check';
import type { DemandOptions, Event, FitContext, Series } from '../../../forecasts/index.ts';
import { dayMs, madeUpDemand, minuteMs, monday } from './made-up-demand.ts';

/** A history with severe faults, and the forecast to make from it. */
export interface WildDemand {
  readonly history: Series;
  readonly context: FitContext;
  readonly options: DemandOptions;
}

/** The seed values of a wild demand: few, so that a failing property is readable. */
export type WildSeed = typeof wildSeed extends fc.Arbitrary<infer T> ? T : never;

const levels = [0.001, 0.1, 0.5, 0.9, 0.95, 0.999];
const longestMs = 60 * dayMs;

/**
 * Arbitrary demand of 0 to 60 days in steps of 15 s to a day (at most 20,000 steps), with faults that break models:
 * gaps, outages, zeros, outliers, level shifts, jumps of 10⁹, negative values. Sales at any time, from one minute to
 * longer than the history. Newer actual values follow directly, after a gap, or overlap the history. The forecast
 * window is near or far.
 */
export const wildSeed = fc.record({
  stepSeconds: fc.constantFrom(15, 60, 300, 3600, 86_400),
  points: fc.oneof(...[20, 400, 3000, 20_000].map(max => fc.integer({ min: 0, max }))),
  noise: fc.constantFrom(0, 0.05, 0.5, 2),
  seed: fc.integer(),
  defects: fc.array(fc.record({ kind: fc.constantFrom(...defectKinds()), at: share(), length: share() }), {
    maxLength: 4,
  }),
  events: fc.array(fc.record({ at: share(), minutes: minutes(), stated: stated() }), { maxLength: 6 }),
  recent: fc.record({
    from: fc.integer({ min: -20, max: 300 }),
    count: fc.integer({ min: 0, max: 200 }),
    times: share(),
  }),
  ahead: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20_000 })),
  steps: fc.integer({ min: 1, max: 120 }),
});

/** The demand of a seed; deterministic. */
export function makeWildDemand({ stepSeconds, points, noise, seed, defects, ...more }: WildSeed): WildDemand {
  const stepMs = stepSeconds * 1000;
  const days = Math.min(points * stepMs, longestMs) / dayMs;
  const clean = madeUpDemand({ days, stepSeconds, noise, seed });
  const now = monday + clean.values.length * stepMs;
  const events = more.events.map(({ at, minutes, stated }, i): Event => {
    const start = Math.round(now + (1.4 * at - 1.2) * Math.max(1, days) * dayMs);
    const times = { id: `event ${i}`, start, end: start + minutes * minuteMs, features: features(i) };
    return stated === undefined ? times : { ...times, statedPeakRatio: stated };
  });
  const { from, count, times } = more.recent;
  const values = clean.values.slice(clean.values.length - Math.min(count, clean.values.length));
  return {
    history: { ...clean, values: defects.reduce(damage, clean.values) },
    context: { now, events },
    options: {
      from: now + more.ahead * stepMs,
      steps: more.steps,
      levels,
      events: events.filter(event => event.end > now).slice(0, 3),
      recent: { start: now + from * stepMs, stepSeconds, values: values.map(value => (value ?? 0) * 4 * times) },
    },
  };
}

type Defect = ReturnType<typeof defectKinds>[number];

function defectKinds() {
  return ['gap', 'zeros', 'outlier', 'shift', 'jump', 'negative', 'infinite', 'constant'] as const;
}

function damage(
  values: Series['values'],
  { kind, at, length }: { readonly kind: Defect; readonly at: number; readonly length: number },
): Series['values'] {
  const first = Math.floor(at * values.length);
  const end = kind === 'outlier' ? first + 1 : first + Math.ceil(length * (values.length - first));
  return values.map((value, i) => (i < first || i >= end ? value : damaged(kind, value)));
}

function damaged(kind: Defect, value: number | null): number | null {
  const known = value ?? 0;
  switch (kind) {
    case 'gap':
      return null;
    case 'zeros':
      return 0;
    case 'outlier':
      return 1000 * known;
    case 'shift':
      return 20 * known;
    case 'jump':
      return known + 1e9;
    case 'negative':
      return known - 150;
    case 'infinite':
      return Number.POSITIVE_INFINITY;
    case 'constant':
      return 42;
  }
}

function features(i: number): Event['features'] {
  return (
    [
      {},
      { discountPercent: 30 * i, category: 'shoes' },
      { audience: 1e300, category: '' },
      { discountPercent: Number.NaN },
    ][i % 4] ?? {}
  );
}

function share() {
  return fc.integer({ min: 0, max: 1000 }).map(thousandths => thousandths / 1000);
}

function minutes() {
  const few = fc.integer({ min: 1, max: 300 });
  const most = fc.integer({ min: 1, max: 10_080 });
  return fc.oneof(
    { weight: 4, arbitrary: few },
    { weight: 2, arbitrary: most },
    { weight: 1, arbitrary: fc.constant(288_000) },
  );
}

function stated() {
  return fc.option(fc.double({ min: 0.1, max: 1e6, noNaN: true }), { nil: undefined });
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analogueShares } from '../../../../forecasts/events/blend/analogues.ts';
import { anchorColumn } from '../../../../forecasts/events/blend/anchor-column.ts';
import { blendEvents } from '../../../../forecasts/events/blend/blend-events.ts';
import { eventRidge } from '../../../../forecasts/events/blend/event-ridge.ts';
import { leaveOneOut } from '../../../../forecasts/events/blend/leave-one-out.ts';
import type { PastRecord } from '../../../../forecasts/events/blend/past-record.ts';
import { clockOf } from '../../../../forecasts/events/event-clock.ts';
import {
  type EventTraits,
  featureColumns,
  featureUses,
  traitsOf,
} from '../../../../forecasts/events/event-features.ts';
import { hourMs, minuteMs, monday } from '../../../support/demand/made-up-demand.ts';

const clock = clockOf({ id: 'asked', start: monday, end: monday + 2 * hourMs, features: {} }, 30 * minuteMs);

const pastEvent = fc.record({
  hour: fc.integer({ min: 0, max: 400 }),
  discount: fc.constantFrom(10, 20, 30, 40),
  height: fc.double({ min: -1, max: 3, noNaN: true }),
  level: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
  last: fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constant(Number.NaN)),
  recency: fc.double({ min: 0.05, max: 1, noNaN: true }),
});

test('leaving an event out of one ridge gives what a fit without that event gives, with and without last minutes', () =>
  fc.assert(
    fc.property(fc.array(pastEvent, { minLength: 2, maxLength: 8 }), fc.boolean(), (drawn, isAnchored) => {
      const past = drawn.map(one => ({ ...one, last: isAnchored ? one.last : Number.NaN }));
      const traits = past.map(({ hour, discount }, k) => {
        const start = monday + hour * hourMs;
        return traitsOf({ id: `sale-${k}`, start, end: start + 2 * hourMs, features: { discount } }, []);
      });
      const all = { ...recordOf(traits, past), own: traits[0] as EventTraits };
      const own = isAnchored ? 0.3 : Number.NaN;
      const anchor = Float64Array.of(...past.map(({ last }) => last), own);
      const columns = featureColumns(traits, featureUses(traits, all.own));
      const ridge = eventRidge({
        columns,
        recency: all.record.recency,
        curves: all.record.smoothed,
        prior: all.record.prior,
      });
      const column = anchorColumn(
        ridge,
        anchor,
        Float64Array.of(1, ...columns.map(({ values }) => values[0] as number)),
      );
      const found = leaveOneOut(clock, { record: all.record, ridge, anchor, column, levels: all.levels });
      found.forEach(({ error, mean, peak }, i) => {
        const forecast = forecastWithout(i, { ...all, traits, columns, anchor, isAnchored });
        const curve = all.record.pastUplifts[i]?.curve as Float64Array;
        error.forEach((value, j) => {
          expect(value).toBeCloseTo((curve[j] as number) - (all.levels[i] as number) - (forecast[j] as number), 8);
        });
        expect(mean).toBeCloseTo(error.reduce((sum, value) => sum + value, 0) / error.length, 10);
        expect(peak.uplift).toBeCloseTo(forecast[peak.knot] as number, 8);
      });
    }),
    { seed: 20261130, numRuns: 60 },
  ));

interface Drawn {
  readonly height: number;
  readonly level: number;
  readonly recency: number;
}

function recordOf(traits: readonly EventTraits[], past: readonly Drawn[]) {
  const smoothed = past.map(({ height }) => clock.knots.map((_, j) => height * Math.sin(1 + j / 3)));
  const recency = Float64Array.from(past, one => one.recency);
  const analogues = traits.map((own, i) => analogueShares(own, traits, recency, { leftOut: i }));
  const prior = clock.knots.map((_, j) => 0.9 / (1 + j));
  const record: PastRecord = {
    pastUplifts: traits.map(({ event }, k) => ({
      event,
      curve: (smoothed[k] as Float64Array).map(value => value + 0.1),
    })),
    traits,
    recency,
    smoothed,
    peakKnots: [],
    analogues,
    analogueMeans: analogues.map(shares => clock.knots.map((_, j) => weighted(shares, smoothed, j))),
    means: new Float64Array(0),
    priorMean: 0,
    news: [],
    dayKinds: 1,
    prior,
    regressionFor: () => {
      throw new Error('not asked for here');
    },
  };
  return { record, levels: Float64Array.from(past, one => one.level) };
}

/** The forecast of event i by a ridge without it, its columns centred as with it. */
function forecastWithout(
  i: number,
  known: ReturnType<typeof recordOf> & {
    readonly traits: readonly EventTraits[];
    readonly columns: ReturnType<typeof featureColumns>;
    readonly anchor: Float64Array;
    readonly isAnchored: boolean;
  },
): Float64Array {
  const { record, levels, traits, anchor, isAnchored } = known;
  const others = traits.map((_, k) => k).filter(k => k !== i);
  const pick = <T>(values: ArrayLike<T>) => others.map(k => values[k] as T);
  const columns = known.columns.map(column => ({ ...column, values: Float64Array.from(pick(column.values)) }));
  const recency = Float64Array.from(pick(record.recency));
  const curves = others.map(k => record.smoothed[k] as Float64Array);
  const own = Float64Array.of(1, ...known.columns.map(({ values }) => values[i] as number));
  const anchored = centred(anchor.slice(0, -1));
  // the last minutes as an ordinary column, with its own precision through the scale of its values
  const scale = Math.sqrt(0.5 / 2);
  const withAnchor = isAnchored
    ? [...columns, { name: 'last', values: Float64Array.from(pick(anchored), value => value / scale), own: () => 0 }]
    : columns;
  const row = isAnchored ? Float64Array.of(...own, (anchored[i] as number) / scale) : own;
  const ridge = eventRidge({ columns: withAnchor, recency, curves, prior: record.prior });
  const pastTraits = pick(traits);
  const last = Float64Array.of(...pick(anchor), anchor[i] as number);
  const blend = blendEvents({
    own: traits[i] as EventTraits,
    past: pastTraits,
    dayKinds: 1,
    ridge,
    row,
    anchor: last,
    column: undefined,
  });
  const uplifts = others.map((k, n) => (curves[n] as Float64Array).map(value => value - (levels[k] as number)));
  return record.prior.map((value, j) => blend.constant + blend.prior * value + weighted(blend.shares, uplifts, j));
}

function centred(anchor: Float64Array): Float64Array {
  const known = anchor.filter(value => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  return anchor.map(value => (Number.isNaN(value) ? 0 : value - mean));
}

function weighted(shares: Float64Array, curves: readonly Float64Array[], j: number): number {
  return shares.reduce((sum, share, k) => sum + share * (curves[k]?.[j] as number), 0);
}

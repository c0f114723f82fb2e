import { describe, expect, test } from 'vitest';
import { anchorColumn } from '../../../../forecasts/events/blend/anchor-column.ts';
import { type BlendInput, blendEvents } from '../../../../forecasts/events/blend/blend-events.ts';
import { eventRidge } from '../../../../forecasts/events/blend/event-ridge.ts';
import { featureColumns, featureUses, traitsOf } from '../../../../forecasts/events/event-features.ts';
import { dayMs, hourMs, monday } from '../../../support/demand/made-up-demand.ts';

test('with no past event the prior alone counts', () =>
  expect(blendEvents(ask([]))).toEqual({ shares: new Float64Array(0), prior: expect.closeTo(1), constant: 0 }));

describe('with past events', () => {
  const same = [0, 1, 2, 3].map(day => ({ day }));

  test('shares and prior sum to about one', () => {
    const { shares, prior } = blendEvents(ask(same));
    expect(sum(shares) + prior).toBeCloseTo(1, 6);
  });

  test('identical events outweigh the prior, the more events the more', () => {
    const share = (count: number) => sum(blendEvents(ask(same.slice(0, count))).shares);
    expect(share(1)).toBeGreaterThan(0.75);
    expect(share(4)).toBeGreaterThan(0.93);
    expect(share(4)).toBeLessThan(1);
  });

  test('a similar event has a larger share than the others', () => {
    const { shares } = blendEvents(
      ask([
        { day: 0, hour: 6 },
        { day: 1, hour: 18 },
        { day: 2, hour: 7 },
      ]),
    );
    expect(shares[1]).toBeGreaterThan(2 * Math.max(shares[0] ?? 0, shares[2] ?? 0));
  });

  test('newer events have larger shares', () => {
    const { shares } = blendEvents(ask(same, { recency: [0.1, 0.1, 0.1, 1] }));
    expect(shares[3]).toBeGreaterThan(3 * (shares[0] ?? 0));
  });

  test('higher demand in the last minutes adds part of the difference as a constant', () => {
    const { constant } = blendEvents(ask(same, { anchor: [0, 0, 0, 0, 1] }));
    expect(constant).toBeGreaterThan(0.25);
    expect(constant).toBeLessThan(0.7);
  });
});

interface Past {
  readonly day: number;
  readonly hour?: number;
}

/** Past events and one to forecast on day 4 at 18:00, all two hours long. */
function ask(
  past: readonly Past[],
  told: { readonly anchor?: readonly number[]; readonly recency?: readonly number[] } = {},
): BlendInput {
  const events = [...past, { day: 4 } as Past].map(({ day, hour = 18 }, i) => {
    const start = monday + day * dayMs + hour * hourMs;
    return { id: `sale-${i}`, start, end: start + 2 * hourMs, features: {} };
  });
  const traits = events.map(event => traitsOf(event, events));
  const [pastTraits, own] = [traits.slice(0, -1), traits.at(-1)];
  if (own === undefined) throw new Error('an event to forecast');
  const columns = featureColumns(pastTraits, featureUses(pastTraits, own));
  const recency = Float64Array.from(told.recency ?? past.map(() => 1));
  const curves = past.map(() => Float64Array.of(1));
  const ridge = eventRidge({ columns, recency, curves, prior: Float64Array.of(1) });
  const row = Float64Array.of(1, ...columns.map(column => column.own(own)));
  const anchor = Float64Array.from(told.anchor ?? events.map(() => Number.NaN));
  return { own, past: pastTraits, dayKinds: 1, ridge, row, anchor, column: anchorColumn(ridge, anchor, row) };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

import { describe, expect, test } from 'vitest';
import { type BlendInput, blendEvents } from '../../../forecasts/events/blend-events.ts';
import { traitsOf } from '../../../forecasts/events/event-features.ts';
import { dayMs, hourMs, monday } from '../../support/demand/made-up-demand.ts';

const typicalPeak = Math.log(2.5);

test('with no past event the prior alone counts: its typical peak', () =>
  expect(last(ask([]))).toEqual({ shares: new Float64Array(0), prior: expect.closeTo(typicalPeak), constant: 0 }));

describe('with past events', () => {
  const same = [0, 1, 2, 3].map(day => ({ day }));

  test('shares and prior sum to about one', () => {
    const { shares, prior } = last(ask(same));
    expect(sum(shares) + prior / typicalPeak).toBeCloseTo(1, 6);
  });

  test('identical events outweigh the prior, the more events the more', () => {
    const share = (count: number) => sum(last(ask(same.slice(0, count))).shares);
    expect(share(1)).toBeGreaterThan(0.75);
    expect(share(4)).toBeGreaterThan(0.93);
    expect(share(4)).toBeLessThan(1);
  });

  test('a similar event has a larger share than the others', () => {
    const { shares } = last(
      ask([
        { day: 0, hour: 6 },
        { day: 1, hour: 18 },
        { day: 2, hour: 7 },
      ]),
    );
    expect(shares[1]).toBeGreaterThan(2 * Math.max(shares[0] ?? 0, shares[2] ?? 0));
  });

  test('newer events have larger shares', () => {
    const { shares } = last({ ...ask(same), recency: Float64Array.of(0.1, 0.1, 0.1, 1) });
    expect(shares[3]).toBeGreaterThan(3 * (shares[0] ?? 0));
  });

  test('each leaves itself out', () => {
    blendEvents(ask(same))
      .slice(0, -1)
      .forEach(({ shares }, i) => {
        expect(shares[i]).toBe(0);
      });
  });

  test('higher demand in the last minutes adds part of the difference as a constant', () => {
    const { constant } = last(ask(same, { anchor: [0, 0, 0, 0, 1] }));
    expect(constant).toBeGreaterThan(0.25);
    expect(constant).toBeLessThan(0.7);
  });
});

interface Past {
  readonly day: number;
  readonly hour?: number;
}

/** Past events and one to forecast on day 4 at 18:00, all two hours long. */
function ask(past: readonly Past[], told: { readonly anchor?: readonly number[] } = {}): BlendInput {
  const events = [...past, { day: 4 } as Past].map(({ day, hour = 18 }, i) => {
    const start = monday + day * dayMs + hour * hourMs;
    return { id: `sale-${i}`, start, end: start + 2 * hourMs, features: {} };
  });
  const unknown = events.map(() => Number.NaN);
  return {
    traits: events.map(event => traitsOf(event, events)),
    recency: new Float64Array(past.length).fill(1),
    anchor: Float64Array.from(told.anchor ?? unknown),
    typicalPeak,
  };
}

function last(asked: BlendInput) {
  const blend = blendEvents(asked).at(-1);
  if (blend === undefined) throw new Error('a blend for every event');
  return blend;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

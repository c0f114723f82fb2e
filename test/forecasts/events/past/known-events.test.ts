import { describe, expect, test } from 'vitest';
import { knownEvents } from '../../../../forecasts/events/past/known-events.ts';
import { type Event, fitDemand } from '../../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday } from '../../../support/demand/made-up-demand.ts';

const early = sale('early', 1);
const long = { ...sale('long', 0), end: monday + 9 * dayMs };
const late = sale('late', 5);
const ids = (events: readonly Event[]) => events.map(({ id }) => id);

describe('the known events', () => {
  const known = knownEvents([late, early, long])([sale('asked', 8)]);

  test('between two times are those that run then, however long ago they began', () => {
    expect(ids(known.between(early.start, early.start + 1)).sort()).toEqual(['early', 'long']);
    expect(ids(known.between(late.end, late.end + hourMs))).toEqual(['long']);
    expect(ids(known.between(monday + 8 * dayMs, monday + 10 * dayMs)).sort()).toEqual(['asked', 'long']);
  });

  test('ended by a time are the newest ones, oldest first', () => {
    expect(ids(known.endedBy(monday + 7 * dayMs, 9))).toEqual(['early', 'late']);
    expect(ids(known.endedBy(monday + 7 * dayMs, 1))).toEqual(['late']);
    expect(ids(known.endedBy(monday + 20 * dayMs, 2))).toEqual(['late', 'asked']);
    expect(ids(known.endedBy(late.end - 1, 9))).toEqual(['early']);
  });

  test('with the same times teach once, and the one with a statement does', () => {
    const twins = [sale('twin', 1), { ...early, statedPeakRatio: 3 }, sale('third', 1), late];
    expect(ids(knownEvents(twins)([]).endedBy(monday + 7 * dayMs, 9))).toEqual(['early', 'late']);
    expect(ids(knownEvents(twins)([]).between(early.start, early.end)).sort()).toEqual(['early', 'third', 'twin']);
    const longer = { ...early, id: 'longer', end: early.end + minuteMs };
    expect(ids(knownEvents([longer, early])([]).endedBy(monday + 7 * dayMs, 9)).sort()).toEqual(['early', 'longer']);
  });

  test('a requested event replaces one of its id, but not an earlier run of the same sale', () => {
    const moved = knownEvents([early, late])([{ ...late, start: late.start + hourMs, end: late.end + hourMs }]);
    expect(moved.between(late.start, late.end + dayMs)).toHaveLength(1);
    const again = knownEvents([early, late])([{ ...sale('early', 8) }]);
    expect(ids(again.endedBy(monday + 20 * dayMs, 9))).toEqual(['early', 'late', 'early']);
  });
});

test('a forecast looks at the newest past events alone, and at none again for another sale of the same length', () => {
  const looked = new Set<number>();
  const events = Array.from({ length: 3000 }, (_, i) => watched(i, looked));
  const now = monday + 21 * dayMs;
  const fitted = fitDemand(madeUpDemand({ days: 21, stepSeconds: 300 }), { now, events });
  const predict = (id: string) => {
    looked.clear();
    const asked = { id, start: now + hourMs, end: now + hourMs + 10 * minuteMs, statedPeakRatio: 3, features: {} };
    const { extras } = fitted.predict({ from: now, steps: 36, levels: [0.95], events: [asked] });
    expect(extras[0]?.pastEvents).toBe(40);
    return looked.size;
  };
  expect(predict('first')).toBeLessThan(150);
  expect(predict('second')).toBeLessThan(150);
});

/** One of many past events; looking at its times is noted. */
function watched(i: number, looked: Set<number>): Event {
  const start = monday + 2 * dayMs + i * 9 * minuteMs;
  return {
    id: `sale-${i}`,
    features: {},
    get start() {
      looked.add(i);
      return start;
    },
    get end() {
      looked.add(i);
      return start + 10 * minuteMs;
    },
  };
}

function sale(id: string, day: number): Event {
  const start = monday + day * dayMs + 12 * hourMs;
  return { id, start, end: start + 2 * hourMs, features: {} };
}

test('a past sale that stands there twice narrows no forecast', () => {
  const past = sale('past', 15);
  const next = { ...sale('next', 21), start: monday + 21 * dayMs + hourMs, end: monday + 21 * dayMs + 3 * hourMs };
  const now = monday + 21 * dayMs;
  const history = madeUpDemand({ days: 21, stepSeconds: 300, sales: [{ event: past, peak: 4 }] });
  const asked = { from: next.start, steps: 24, levels: [0.5, 0.95], events: [next] };
  const peakOf = (events: readonly Event[]) => {
    const [extra] = fitDemand(history, { now, events }).predict(asked).extras;
    const [p50 = 0, p95 = 0] = (extra?.extra.quantiles ?? []).map(({ values }) => Math.max(...values));
    return { p50, p95, pastEvents: extra?.pastEvents };
  };
  const [once, twice] = [peakOf([past]), peakOf([past, { ...past, id: 'again' }])];
  expect(twice.pastEvents).toBe(1);
  expect(twice.p50 / once.p50).toBeCloseTo(1, 1);
  expect(twice.p95).toBeGreaterThanOrEqual(0.999 * once.p95);
});

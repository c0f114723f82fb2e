import { describe, expect, test } from 'vitest';
import { type Event, fitDemand, resample, totalDemand, withinStepPeaks } from '../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

const next = sale('next', 34);
const now = next.start - 90 * minuteMs;

describe.each([
  ['two past sales', [20, 27]],
  ['four past sales', [6, 13, 20, 27]],
  ['a statement alone', []],
])('with %s, the highest minute of a sale from steps of', (_, days) => {
  const past = days.map(day => sale(`past-${day}`, day));
  const minutes = peaksFrom(60, past);

  test.each([300, 900, 1800, 3600])('%s s is that from minutes, or up to two fifths more', stepSeconds => {
    const { means, peaks, hidden } = peaksFrom(stepSeconds, past);
    expect(peaks.p50 / minutes.peaks.p50).toBeGreaterThan(0.88);
    expect(peaks.p50 / minutes.peaks.p50).toBeLessThan(1.2);
    expect(peaks.p95 / minutes.peaks.p95).toBeGreaterThan(0.95);
    expect(peaks.p95 / minutes.peaks.p95).toBeLessThan(1.4);
    if (stepSeconds < 3600) return;
    expect(means.p50 / minutes.peaks.p50).toBeLessThan(0.75);
    expect(hidden?.peakRatio).toBeGreaterThan(1.3 * (hidden?.meanRatio ?? 0));
  });
});

test.each([300, 3600])(
  'in steps of %s s the highest minute rises with the statement, between it and the forecast without one',
  stepSeconds => {
    const { statedPeakRatio: _, ...unstated } = next;
    const past = [20, 27].map(day => sale(`past-${day}`, day)).map(({ statedPeakRatio: __, ...one }) => one);
    const ratioOf = (event: Event) => {
      const means = demandFrom(stepSeconds, past, event);
      const { point } = withinStepPeaks(means, [event]).demand.extras[0]?.extra ?? means.base;
      return 1 + Math.max(...point.map((added, i) => added / (means.base.point[i] ?? 1)));
    };
    const alone = ratioOf(unstated);
    const stated = [2, 4, 6, 9];
    const followed = stated.map(statedPeakRatio => ratioOf({ ...unstated, statedPeakRatio }));
    expect(followed).toEqual(followed.toSorted((a, b) => a - b));
    followed.forEach((ratio, k) => {
      const [low = 0, high = 0] = [alone, stated[k] ?? 0].sort((a, b) => a - b);
      expect(ratio).toBeGreaterThanOrEqual(low - 1e-9);
      expect(ratio).toBeLessThanOrEqual(high + 1e-9);
    });
  },
);

test('a sale that begins in the last minute of an hour is not read from that hour', () => {
  const late = (day: number) => sale(`late-${day}`, day, 59);
  const { peaks } = peaksFrom(3600, [6, 13, 20, 27].map(late), late(34));
  expect(peaks.p50).toBeLessThan(1.3 * peaksFrom(60, [6, 13, 20, 27].map(late), late(34)).peaks.p50);
});

test('of a sale of two hours, steps of a day tell nothing: the stated peak counts, and the range is wide', () => {
  const { means, peaks, hidden } = peaksFrom(86_400, []);
  expect(hidden?.peakRatio).toBeCloseTo(6);
  expect(peaks.p95).toBeGreaterThan(2 * peaks.p50);
  expect(peaks.p50).toBeGreaterThan(3 * means.p50);
});

test('minutes hide nothing, and an event that is not known stays as it is', () => {
  expect(peaksFrom(60, []).hidden).toBeUndefined();
  const demand = demandFrom(3600, [], next);
  expect(withinStepPeaks(demand, []).demand).toEqual(demand);
});

test('demand without sales stays the same, and no value is lower than its mean', () => {
  const demand = demandFrom(3600, [sale('past', 27)], next);
  const { demand: sharpened } = withinStepPeaks(demand, [next]);
  expect(sharpened.base).toEqual(demand.base);
  const [means = [], peaks = []] = [demand, sharpened].map(({ extras }) => extras[0]?.extra.point);
  expect(peaks.every((peak, i) => peak >= (means[i] ?? 0) - 1e-9)).toBe(true);
});

function demandFrom(stepSeconds: number, past: readonly Event[], event: Event) {
  const full = madeUpDemand({ days: 34, sales: past.map(one => ({ event: one, peak: 6 })) });
  const history = resample(full, { stepSeconds, by: 'mean' });
  const steps = Math.ceil((event.end - event.start) / (stepSeconds * 1000)) + 1;
  return fitDemand(history, { now: Math.min(now, monday + 34 * dayMs), events: [...past, event] }).predict({
    from: event.start,
    steps,
    levels: [0.5, 0.95],
    events: [event],
  });
}

function peaksFrom(stepSeconds: number, past: readonly Event[], event = next) {
  const means = demandFrom(stepSeconds, past, event);
  const { demand, hidden } = withinStepPeaks(means, [event]);
  return { means: peakOf(means), peaks: peakOf(demand), hidden: hidden.get(event.id) };
}

function peakOf(demand: ReturnType<typeof demandFrom>) {
  const [p50 = 0, p95 = 0] = totalDemand(demand).quantiles.map(({ values }) => Math.max(...values));
  return { p50, p95 };
}

function sale(id: string, day: number, minute = 0): Event {
  const start = monday + day * dayMs + 18 * hourMs + minute * minuteMs;
  return { id, start, end: start + 2 * hourMs, statedPeakRatio: 6, features: {} };
}

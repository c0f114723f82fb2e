import { describe, expect, test } from 'vitest';
import { compareForecasts, type Event, fitDemand, type Series } from '../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

const past = [3, 9, 15, 20].map(day => sale(`past-${day}`, day, 6));
const next = sale('next', 26, 5);
const history = madeUpDemand({
  days: 28,
  stepSeconds: 300,
  sales: [...past, next].map(event => ({ event, peak: 5 })),
});
const eve = next.start - dayMs;

test('describes a higher stated peak first, with both numbers', () => {
  const { causes, sentence, changePercent } = compareForecasts(
    explain([next]),
    explain([{ ...next, statedPeakRatio: 8 }]),
  );
  expect(causes[0]).toMatchObject({ kind: 'statement', event: 'next' });
  expect(causes[0]?.sentence).toBe('the stated peak of next rose from 5 to 8 times');
  expect(causes[0]?.changePercent).toBeGreaterThan(0.8 * changePercent);
  expect(sentence).toMatch(/^\+\d+ %: the stated peak of next rose from 5 to 8 times/);
});

test('a changed stated peak has no other cause without past sales', () => {
  const alone = (ratio: number) => explain([{ ...next, statedPeakRatio: ratio }], { known: [] });
  const { causes } = compareForecasts(alone(5), alone(8));
  expect(causes.filter(({ changePercent }) => Math.abs(changePercent) > 0.5)).toHaveLength(1);
});

test.each([
  ['a new stated peak', undefined, 5, /is new: 5 times/],
  ['a withdrawn stated peak', 5, undefined, /was withdrawn, before: 5 times/],
])('describes %s', (_, before, after, words) => {
  const { causes } = compareForecasts(explain([stated(before)]), explain([stated(after)]));
  expect(causes.find(({ kind }) => kind === 'statement')?.sentence).toMatch(words);
});

test('describes a new sale and a lost one', () => {
  const came = compareForecasts(
    explain([], { at: next.start + 10 * minuteMs }),
    explain([next], { at: next.start + 10 * minuteMs }),
  );
  expect(came.causes[0]?.sentence).toMatch(/^next is new and adds \d+$/);
  const went = compareForecasts(
    explain([next], { at: next.start + 10 * minuteMs }),
    explain([], { at: next.start + 10 * minuteMs }),
  );
  expect(went.causes[0]?.sentence).toMatch(/^next no longer adds \d+$/);
});

test('describes one more past sale', () => {
  const { causes } = compareForecasts(explain([next], { known: past.slice(0, 3) }), explain([next]));
  expect(causes.find(({ kind }) => kind === 'pastSales')?.sentence).toBe(
    '4 past sales, 1 more than before, now count for next',
  );
});

test('describes a higher level after new data', () => {
  const risen = { ...history, values: history.values.map((value, i) => (i >= 25 * 288 ? 1.3 * (value ?? 0) : value)) };
  const before = explain([], { until: monday + 25 * dayMs, at: monday + 26 * dayMs });
  const after = explain([], { of: risen, until: monday + 25 * dayMs + 20 * hourMs, at: monday + 26 * dayMs });
  const { causes, changePercent } = compareForecasts(before, after);
  expect(changePercent).toBeGreaterThan(10);
  expect(causes[0]).toMatchObject({ kind: 'level' });
  expect(causes[0]?.sentence).toMatch(/^the level rose from \d+ to \d+$/);
});

test('describes the distance of a running sale from its curve', () => {
  const from = next.start + 30 * minuteMs;
  const twice = slice(history, eve, from, 2);
  const input = { from, steps: 1, levels: [], events: [next] };
  const fitted = fitDemand(slice(history, history.start, eve, 1), { now: eve, events: [...past, next] });
  const { causes } = compareForecasts(fitted.explain(input), fitted.explain({ ...input, recent: twice }));
  expect(causes.find(({ kind }) => kind === 'correction')?.sentence).toMatch(/^next runs \d+ % above its curve$/);
});

test('describes missing new data', () => {
  const { causes, sentence } = compareForecasts(explain([next]), explain([next]));
  expect(causes).toEqual([expect.objectContaining({ kind: 'staleData', change: 0 })]);
  expect(sentence).toBe('0 %: no change');
});

describe('causes sum to the change', () => {
  test.each([
    ['a day later', explain([next]), explain([next], { until: next.start - hourMs })],
    [
      'all at once',
      explain([next], { known: past.slice(1) }),
      explain([{ ...next, statedPeakRatio: 2 }], { until: next.start }),
    ],
    ['from nothing', explain([], { of: { ...history, values: [] } }), explain([next])],
    [
      'another scale',
      explain([next]),
      explain([next], { of: { ...history, values: history.values.map(v => (v ?? 0) - 90) } }),
    ],
  ])('%s', (_, before, after) => {
    const { causes, changePercent } = compareForecasts(before, after);
    expect(causes.reduce((sum, { change }) => sum + change, 0)).toBeCloseTo(after.point - before.point, 6);
    expect(causes.reduce((sum, cause) => sum + cause.changePercent, 0)).toBeCloseTo(changePercent, 6);
    expect(causes.every(({ sentence }) => !/NaN|undefined|Infinity/.test(sentence))).toBe(true);
  });
});

function explain(
  events: readonly Event[],
  { known = past, until = eve, of = history, at = undefined as number | undefined } = {},
) {
  const fitted = fitDemand(slice(of, of.start, until, 1), { now: until, events: [...known, ...events] });
  return fitted.explain({ from: until, steps: 400, levels: [], events, ...(at === undefined ? {} : { at }) });
}

function sale(id: string, day: number, statedPeakRatio: number): Event {
  const start = monday + day * dayMs + 18 * hourMs;
  return { id, start, end: start + 2 * hourMs, statedPeakRatio, features: {} };
}

function stated(ratio: number | undefined): Event {
  const { statedPeakRatio: _, ...event } = next;
  return ratio === undefined ? event : { ...event, statedPeakRatio: ratio };
}

function slice({ start, stepSeconds, values }: Series, from: number, until: number, factor: number): Series {
  const stepMs = 1000 * stepSeconds;
  const part = values.slice((from - start) / stepMs, (until - start) / stepMs);
  return { start: from, stepSeconds, values: part.map(value => factor * (value ?? 0)) };
}

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

test('a higher statement is told first, with both numbers', () => {
  const { causes, sentence, changePercent } = compareForecasts(
    explain([next]),
    explain([{ ...next, statedPeakRatio: 8 }]),
  );
  expect(causes[0]).toMatchObject({ kind: 'statement', event: 'next' });
  expect(causes[0]?.sentence).toBe('the stated peak of next rose from 5 to 8 times');
  expect(causes[0]?.changePercent).toBeGreaterThan(0.8 * changePercent);
  expect(sentence).toMatch(/^\+\d+ %: the stated peak of next rose from 5 to 8 times/);
});

test('a statement alone moves nothing but what was stated, where no past sale taught', () => {
  const alone = (ratio: number) => explain([{ ...next, statedPeakRatio: ratio }], { known: [] });
  const { causes } = compareForecasts(alone(5), alone(8));
  expect(causes.filter(({ changePercent }) => Math.abs(changePercent) > 0.5)).toHaveLength(1);
});

test.each([
  ['a statement that is known now', undefined, 5, /is known now: 5 times/],
  ['a statement withdrawn', 5, undefined, /is withdrawn, it was 5 times/],
])('tells %s', (_, before, after, words) => {
  const { causes } = compareForecasts(explain([stated(before)]), explain([stated(after)]));
  expect(causes.find(({ kind }) => kind === 'statement')?.sentence).toMatch(words);
});

test('tells a sale that came, and one that went', () => {
  const came = compareForecasts(
    explain([], { at: next.start + 10 * minuteMs }),
    explain([next], { at: next.start + 10 * minuteMs }),
  );
  expect(came.causes[0]?.sentence).toMatch(/^next is new and adds \d+$/);
  const went = compareForecasts(
    explain([next], { at: next.start + 10 * minuteMs }),
    explain([], { at: next.start + 10 * minuteMs }),
  );
  expect(went.causes[0]?.sentence).toMatch(/^next adds nothing any more, it added \d+$/);
});

test('tells one past sale more', () => {
  const { causes } = compareForecasts(explain([next], { known: past.slice(0, 3) }), explain([next]));
  expect(causes.find(({ kind }) => kind === 'pastSales')?.sentence).toBe('1 past sale more, 4 in all, taught next');
});

test('tells a level that rose, and data that came since', () => {
  const risen = { ...history, values: history.values.map((value, i) => (i >= 25 * 288 ? 1.3 * (value ?? 0) : value)) };
  const before = explain([], { until: monday + 25 * dayMs, at: monday + 26 * dayMs });
  const after = explain([], { of: risen, until: monday + 25 * dayMs + 20 * hourMs, at: monday + 26 * dayMs });
  const { causes, changePercent } = compareForecasts(before, after);
  expect(changePercent).toBeGreaterThan(10);
  expect(causes[0]).toMatchObject({ kind: 'level' });
  expect(causes[0]?.sentence).toMatch(/^the level rose from \d+ to \d+$/);
});

test('tells how far a running sale is off its curve', () => {
  const from = next.start + 30 * minuteMs;
  const twice = slice(history, eve, from, 2);
  const input = { from, steps: 1, levels: [], events: [next] };
  const fitted = fitDemand(slice(history, history.start, eve, 1), { now: eve, events: [...past, next] });
  const { causes } = compareForecasts(fitted.explain(input), fitted.explain({ ...input, recent: twice }));
  expect(causes.find(({ kind }) => kind === 'correction')?.sentence).toMatch(/^next runs \d+ % above its curve$/);
});

test('tells data that stopped coming', () => {
  const { causes, sentence } = compareForecasts(explain([next]), explain([next]));
  expect(causes).toEqual([expect.objectContaining({ kind: 'staleData', change: 0 })]);
  expect(sentence).toBe('0 %: nothing moved');
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

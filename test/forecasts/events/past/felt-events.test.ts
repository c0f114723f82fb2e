import { describe, expect, test } from 'vitest';
import { feltEvents } from '../../../../forecasts/events/past/felt-events.ts';
import { type Event, fitDemand, totalDemand } from '../../../../forecasts/index.ts';
import { hourMs, madeUpDemand, minuteMs, monday } from '../../../support/demand/made-up-demand.ts';

const sale = (id: string, startHour: number): Event => {
  const start = monday + startHour * hourMs;
  return { id, start, end: start + hourMs, features: {} };
};

describe('felt events', () => {
  const [early, ended, running, later] = [sale('early', 1), sale('ended', 5), sale('running', 7), sale('later', 9)];
  const known = [early, ended, running, later].flatMap(event => event ?? []);
  const origin = monday + 7.5 * hourMs;

  test('are those that run or ended within two hours, once each', () =>
    expect(feltEvents([...known, ...known], [], origin)).toEqual([ended, running]));

  test('are not those that are requested: these are forecast anyway', () =>
    expect(feltEvents(known, [sale('running', 7)], origin)).toEqual([]));

  test('are not those that begin at the newest data', () =>
    expect(feltEvents([sale('running', 7)], [], monday + 7 * hourMs)).toEqual([]));

  test('are not those over whose last visitors stay until a requested one begins', () => {
    expect(feltEvents(known, [sale('later', 8.4)], origin)).toEqual([running]);
    expect(feltEvents(known, [sale('later', 9)], origin)).toEqual([ended, running]);
    expect(feltEvents(known, [sale('tomorrow', 31)], origin)).toEqual([ended, running]);
  });

  test('end two hours after the end', () => {
    expect(feltEvents(known, [], monday + 8 * hourMs)).toEqual([running]);
    expect(feltEvents(known, [], monday + 8 * hourMs - 1)).toEqual([ended, running]);
  });
});

describe('the minutes after a sale that nobody names', () => {
  const asked = sale('asked', 27 * 24 + 18);
  const history = madeUpDemand({ days: 28, sales: [{ event: asked, peak: 9 }] });
  const input = { steps: 60, levels: [0.5, 0.95] };
  const valueAt = (time: number) => history.values[(time - history.start) / minuteMs] ?? Number.NaN;

  test.each([1, 10, 40])('are forecast from the visitors still there, %i min after its end', minutes => {
    const now = asked.end + minutes * minuteMs;
    const fitted = fitDemand(history, { now, events: [asked] });
    const unnamed = totalDemand(fitted.predict({ ...input, from: now, events: [] }));
    expect(unnamed.point[0]).toBeGreaterThan(0.7 * valueAt(now - minuteMs));
    expect(unnamed.point).toEqual(totalDemand(fitted.predict({ ...input, from: now, events: [asked] })).point);
  });

  test('are part of the explanation, whose parts sum to the point', () => {
    const now = asked.end + minuteMs;
    const fitted = fitDemand(history, { now, events: [asked] });
    const explained = fitted.explain({ ...input, from: now, events: [], at: now });
    expect(explained.events.map(({ event }) => event)).toEqual(['asked']);
    expect(explained.parts.at(-1)?.runningTotal).toBeCloseTo(explained.point, 6);
  });

  test('are measured by the actual values since the fit', () => {
    const now = asked.end + 5 * minuteMs;
    const start = asked.start - hourMs;
    const fitted = fitDemand(history, { now: start, events: [asked] });
    const values = Array.from({ length: (now - start) / minuteMs }, (_, i) => valueAt(start + i * minuteMs));
    const recent = { start, stepSeconds: 60, values };
    const ask = (events: readonly Event[]) =>
      totalDemand(fitted.predict({ ...input, from: now, events, beside: [asked], recent })).point;
    expect(ask([])).toEqual(ask([asked]));
  });
});

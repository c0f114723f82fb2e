import { describe, expect, test } from 'vitest';
import type { Event, Model } from '../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, monday } from '../support/demand/made-up-demand.ts';

const levels = [0.1, 0.5, 0.9];

/** What no forecasting model takes for an answerable question: it throws a RangeError that names the field. */
export function describeForecastMisuse(model: Model): void {
  describe(`${model.name} refuses misuse and names the field`, () => {
    test.each([
      ['steps 0', { steps: 0 }, /steps/],
      ['steps below 0', { steps: -1 }, /steps/],
      ['half a step', { steps: 1.5 }, /steps/],
      ['more steps than could be meant', { steps: 1_000_001 }, /steps/],
      ['a level of 0', { levels: [0, 0.5] }, /levels/],
      ['a level of 1', { levels: [0.5, 1] }, /levels/],
      ['a level in percent', { levels: [95] }, /levels/],
      ['a level that is no number', { levels: [Number.NaN] }, /levels/],
      ['descending levels', { levels: [0.9, 0.5] }, /levels/],
      ['a level twice', { levels: [0.5, 0.5] }, /levels/],
      ['a window that begins at no time', { from: Number.NaN }, /from/],
      ['an event that ends as it starts', { events: [{ ...sale(1), end: sale(1).start }] }, /event sale-1/],
      ['a stated peak of nothing', { events: [{ ...sale(1), statedPeakRatio: 0 }] }, /statedPeakRatio/],
      ['actuals in another step', { recent: { start: monday + dayMs, stepSeconds: 60, values: [1] } }, /stepSeconds/],
      ['actuals in microseconds', { recent: { start: 1000 * monday, stepSeconds: 300, values: [1] } }, /recent\.start/],
    ])('%s', (_, change, message) => {
      const fitted = model.fit(madeUpDemand({ days: 1, stepSeconds: 300 }), { now: monday + dayMs, events: [] });
      const misuse = () => fitted.predict({ steps: 1, levels, events: [], ...change });
      expect(misuse).toThrow(RangeError);
      expect(misuse).toThrow(message);
    });

    test.each([
      ['a history without a step', { stepSeconds: 0 }, {}, /stepSeconds/],
      ['a step of a month', { stepSeconds: 2_592_000 }, {}, /stepSeconds/],
      ['a history that begins at no time', { start: Number.NaN }, {}, /history\.start/],
      ['a fit at no time', {}, { now: Number.NaN }, /now/],
      ['an event that ends before it starts', {}, { events: [{ ...sale(1), end: monday }] }, /event sale-1/],
    ])('%s', (_, history, context, message) => {
      const misuse = () =>
        model.fit({ ...madeUpDemand({ days: 1 }), ...history }, { now: monday, events: [], ...context });
      expect(misuse).toThrow(RangeError);
      expect(misuse).toThrow(message);
    });
  });
}

function sale(day: number): Event {
  const start = monday + day * dayMs + 10 * hourMs;
  return { id: `sale-${day}`, start, end: start + 2 * hourMs, statedPeakRatio: 4, features: {} };
}

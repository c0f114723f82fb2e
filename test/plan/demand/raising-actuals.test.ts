import { describe, expect, test } from 'vitest';
import { type Event, fitDemand, type Series, totalDemand } from '../../../forecasts/index.ts';
import { raisingActuals } from '../../../src/plan/demand/raising-actuals.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs, monday } from '../../support/demand/made-up-demand.ts';

const fittedAt = monday + 14 * dayMs;
const sale: Event = {
  id: 'drop',
  start: fittedAt + 8 * hourMs,
  end: fittedAt + 10 * hourMs,
  statedPeakRatio: 5,
  features: {},
};
const history = madeUpDemand({ days: 14 });
const model = fitDemand(history, { now: fittedAt, events: [sale] });
const now = sale.start + 40 * minuteMs;
const expected = totalDemand(
  model.predict({ from: now - 2 * hourMs, steps: 120, levels: [0.5], events: [sale] }),
).point;

/** Two hours up to now, as forecast, but the newest five minutes times `part`. */
function recentWith(part: number, unsettled = 5): { readonly recent: Series; readonly settledUntil: number } {
  const values = expected.map((value, index) => (index < 115 ? value : value * part));
  return {
    recent: { start: now - 2 * hourMs, stepSeconds: 60, values },
    settledUntil: now - unsettled * minuteMs,
  };
}

const upperOf = (recent: Series) =>
  totalDemand(model.predict({ from: now, steps: 80, levels: [0.95], events: [sale], recent })).quantiles[0]?.values ??
  [];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('actuals that may still rise', () => {
  test('lower no forecast: 60 % of the newest minutes say nothing', () => {
    const { recent, settledUntil } = recentWith(0.6);
    const used = raisingActuals({ recent, settledUntil }, model, [sale]);
    expect(used.values).toEqual(recent.values.slice(0, 115));
    expect(sum(upperOf(used))).toBeGreaterThan(1.05 * sum(upperOf(recent)));
  });

  test('raise it where they are above what was expected', () => {
    const { recent, settledUntil } = recentWith(1.6);
    const used = raisingActuals({ recent, settledUntil }, model, [sale]);
    expect(used).toEqual(recent);
    expect(sum(upperOf(used))).toBeGreaterThan(sum(upperOf({ ...recent, values: recent.values.slice(0, 115) })));
  });

  test('are told apart one by one', () => {
    const { recent, settledUntil } = recentWith(1);
    const values = recent.values.map((value, index) => {
      if (value === null || index < 115) return value;
      return index === 117 ? value * 3 : value * 0.6;
    });
    const used = raisingActuals({ recent: { ...recent, values }, settledUntil }, model, [sale]);
    expect(used.values.slice(114)).toEqual([values[114], null, null, values[117]]);
  });

  test('are all used once they have settled, and where nothing is said of it', () => {
    const { recent } = recentWith(0.6);
    expect(raisingActuals({ recent, settledUntil: now }, model, [sale])).toEqual(recent);
    expect(raisingActuals({ recent }, model, [sale])).toEqual(recent);
  });

  test('are judged from the fit on where even the fit saw samples that may still rise', () => {
    const recent = { start: fittedAt - 2 * minuteMs, stepSeconds: 60, values: [1, 1, 1, 1e6] };
    const used = raisingActuals({ recent, settledUntil: fittedAt - minuteMs }, model, []);
    expect(used.values).toEqual([1, null, null, 1e6]);
  });
});

import { describe, expect, test } from 'vitest';
import type { PointModel } from '../../forecasts/ensemble/point-model.ts';
import { regularHistory } from '../../forecasts/ensemble/regular-history.ts';
import { samplesOf } from '../../forecasts/outages/samples-of.ts';
import type { Series } from '../../forecasts/series/series.ts';
import { dayMs, madeUpDemand } from '../support/demand/made-up-demand.ts';

/** What every member of the ensemble promises on a grid of `stepSeconds`: the ensemble relies on it and does not check. */
export function describePointModel(model: PointModel, stepSeconds: number): void {
  describe(`${model.name} in steps of ${stepSeconds} s keeps the contract of a member`, () => {
    const perDay = 86_400 / stepSeconds;
    const clean = madeUpDemand({ days: 21, stepSeconds, noise: 0.2 });
    const gridOf = (series: Series) => regularHistory(samplesOf(series, series.start + 400 * dayMs), []);

    test.each([
      ['an ordinary shop', clean.values],
      ['a shop younger than a week', clean.values.slice(0, 5 * perDay)],
      ['two days', clean.values.slice(0, 2 * perDay)],
      ['one step', clean.values.slice(0, 1)],
      ['a constant', clean.values.map(() => 42)],
      ['nothing but zeros', clean.values.map(() => 0)],
      ['negative values', clean.values.map(value => (value ?? 0) - 120)],
      ['a jump of 10⁹ a day ago', clean.values.map((value, i) => (i > 20 * perDay ? 1e9 : value))],
      ['growth by half a day', clean.values.map((value, i) => (value ?? 0) * 1.5 ** (i / perDay))],
      ['every second step missing', clean.values.map((value, i) => (i % 2 === 0 ? null : value))],
    ])('forecasts %s by as many finite numbers as asked, or not at all', (_, values) => {
      const history = gridOf({ ...clean, values });
      const follow = model.fit(history)?.(history.scaled);
      if (follow === undefined) return;
      const forecast = follow(history.scaled.length, 2 * perDay);
      expect(forecast).toHaveLength(2 * perDay);
      expect(forecast.every(Number.isFinite)).toBe(true);
    });

    test('reads nothing from the origin on, edits nothing, and answers twice alike', () => {
      const history = gridOf(clean);
      const follow = model.fit(history);
      if (follow === undefined) throw new Error(`${model.name} must do with three weeks`);
      const origin = 18 * perDay;
      const known = history.scaled.slice();
      const later = known.map((value, i) => (i < origin ? value : 1e6));
      const forecast = follow(known)(origin, perDay);
      expect(follow(later)(origin, perDay)).toEqual(forecast);
      expect(follow(known)(origin, perDay)).toEqual(forecast);
      expect(known).toEqual(history.scaled);
    });
  });
}

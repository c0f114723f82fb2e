import { describe, expect, test } from 'vitest';
import { type LagRidgeSpec, lagRidges } from '../../../../forecasts/ensemble/lags/lag-ridges.ts';
import { lagSums } from '../../../../forecasts/ensemble/lags/lag-sums.ts';
import { regularHistory } from '../../../../forecasts/ensemble/regular-history.ts';
import { seededRandom } from '../../../support/demand/made-up-demand.ts';

const spec = { name: 'test', lags: [1, 2], difference: 0, ridge: 1e-9, isHuber: false };

function fit(asked: LagRidgeSpec, scaled: Float64Array) {
  const history = regularHistory({ start: 0, stepMs: 3_600_000, values: scaled }, []);
  return lagRidges([asked])[0]?.fit({ ...history, scaled, lagSums: lagSums(scaled, [scaled.length]) });
}

/** x(t) = 5 + 0.6 (x(t−1) − 5) + 0.2 (x(t−2) − 5), plus noise. */
function autoregression(noise: number): Float64Array {
  const random = seededRandom(3);
  const values = new Float64Array(400).fill(9);
  for (let t = 2; t < 400; t++)
    values[t] = 5 + 0.6 * ((values[t - 1] ?? 0) - 5) + 0.2 * ((values[t - 2] ?? 0) - 5) + noise * (random() - 0.5);
  return values;
}

describe('a ridge on lags', () => {
  test.each([
    ['plain', false],
    ['with Huber weights', true],
  ])('continues an autoregression, %s', (_, isHuber) => {
    const values = autoregression(1);
    const forecast = fit({ ...spec, isHuber }, values)?.(values)(400, 3);
    const a = (values[399] ?? 0) - 5;
    const b = (values[398] ?? 0) - 5;
    const one = 0.6 * a + 0.2 * b;
    expect(forecast?.[0]).toBeCloseTo(5 + one, 0);
    expect(forecast?.[1]).toBeCloseTo(5 + 0.6 * one + 0.2 * a, 0);
  });

  test('repeats the season where the differences are 0', () => {
    const values = Float64Array.from({ length: 300 }, (_, t) => Math.sin((t / 24) * 2 * Math.PI));
    const forecast = fit({ ...spec, difference: 24 }, values)?.(values)(300, 48);
    forecast?.forEach((value, i) => {
      expect(value).toBeCloseTo(Math.sin(((300 + i) / 24) * 2 * Math.PI), 6);
    });
  });

  test('refuses a history without enough rows', () => {
    expect(fit(spec, new Float64Array(29))).toBeUndefined();
  });

  test('stays bounded on a series that explodes', () => {
    const values = Float64Array.from({ length: 200 }, (_, t) => 1.05 ** t);
    const forecast = fit(spec, values)?.(values)(200, 500);
    expect(Math.max(...(forecast ?? []))).toBeLessThan(10 * (values[199] ?? 0));
  });
});

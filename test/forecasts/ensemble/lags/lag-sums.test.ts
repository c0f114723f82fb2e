import { expect, test } from 'vitest';
import { lagGroup } from '../../../../forecasts/ensemble/lags/lag-group.ts';
import { lagSums } from '../../../../forecasts/ensemble/lags/lag-sums.ts';

test('the sums of each group are computed once', () => {
  const sums = lagSums(Float64Array.from({ length: 50 }, Math.sin), [50]);
  const daily = lagGroup(24, [[1, 2]]);
  const plain = lagGroup(0, [[1, 2]]);
  expect(sums(daily)).toBe(sums(daily));
  expect(sums(daily).values).toHaveLength(26);
  expect(sums(plain).values).toHaveLength(50);
});

import { describe, expect, test } from 'vitest';
import { parseScalingPolicy } from '../../src/api/scaling-policy.ts';
import { scalingPolicy } from '../support/shop/kinds.ts';

const costOf = (fields: Readonly<Record<string, unknown>>) =>
  parseScalingPolicy(scalingPolicy({ cost: { currency: 'EUR', replicaHour: '0.04', ...fields } })).spec.cost;

describe('the cost of a policy', () => {
  test.each([['59.90'], ['40m'], ['0'], ['999999999.999999'], [1_000_000_000]])('may be %s', orderValue => {
    expect(costOf({ orderValue })?.orderValue).toBe(String(orderValue));
  });

  test.each([['EU\u0007'], ['eur'], ['€'], ['EURO'], ['EUR\n'], ['']])('has no currency %j', currency => {
    expect(() => costOf({ currency })).toThrow(/spec\.cost\.currency: must /);
  });

  test.each([['-1'], ['1E'], ['9e99'], ['1000000000'], ['4k'], ['NaN'], ['1,50'], ['5\u0000']])(
    'has no amount of %j',
    replicaHour => {
      expect(() => costOf({ replicaHour })).toThrow(
        'spec.cost.replicaHour: must be an amount below 1000000000, as "59.90" or "40m"',
      );
    },
  );

  test.each([[-1], [1.5], [1e12]])('has no number %s', replicaHour => {
    expect(() => costOf({ replicaHour })).toThrow(/spec\.cost\.replicaHour/);
  });
});

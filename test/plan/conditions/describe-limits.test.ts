import { describe, expect, test } from 'vitest';
import { limitNotes, unstatedLimits } from '../../../src/plan/conditions/describe-limits.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const uses = [{ limit: 'postgres', perReplica: 10 }];

describe('limitNotes', () => {
  test.each([
    [[{ name: 'postgres', total: 1000 }], []],
    [[{ name: 'redis', total: 1000 }], ['Limit redis is used by no ScalingTarget: it binds nothing.']],
    [
      [{ name: 'postgres', total: 0 }],
      ['Limit postgres has a total of 0, and the baselines use 40: its targets stay at their baselines.'],
    ],
    [
      [{ name: 'postgres', total: 30 }],
      ['Limit postgres of 30 is less than the baselines use, 40: its targets stay at their baselines.'],
    ],
    [[{ name: 'postgres', total: 40 }], []],
  ])('tells of %o: %o', (limits, expected) => {
    const given = { now: '2026-11-27T12:00:00Z', policy: { limits }, targets: { orders: { spec: { uses } } } };
    expect(limitNotes(observationOf(given))).toEqual(expected);
  });
});

test.each([
  [[{ name: 'postgres', total: 1 }], ''],
  [undefined, ' It uses limit postgres, which the policy does not state: it binds nothing.'],
  [
    [{ name: 'postgre', total: 1 }],
    ' It uses limit postgres, which the policy does not state: it binds nothing; did you mean postgre?',
  ],
])('a target that uses postgres beside the limits %o says "%s"', (limits, expected) => {
  expect(unstatedLimits({ uses }, { limits })).toBe(expected);
});

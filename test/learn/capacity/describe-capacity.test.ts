import { expect, test } from 'vitest';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { contradictedCapacity, describeCapacity } from '../../../src/learn/capacity/describe-capacity.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const objective = { p95Milliseconds: 500, query: 'p95' };
const target = (capacityPerReplica: string, capacityHours: readonly object[]) =>
  parseScalingTarget({
    ...scalingTarget({ workloadRef: { name: 'cart' }, capacityPerReplica, objective }),
    status: { capacityHours: capacityHours.map(hour => ({ workload: 'cart', revision: '3', ...hour })) },
  });
const overloads = [18, 19, 20].map(day => ({ at: `2026-11-${day}T19:00:00Z`, heldAt: '28', brokeAt: '31' }));
const calm = [{ at: '2026-11-20T19:00:00Z', heldAt: '60' }];

test('a stated capacity at which the objective broke is contradicted, with the day and the mend', () => {
  expect(contradictedCapacity(target('45', overloads), now)).toMatch(
    /^45 requests\/s per replica are stated; p95 rose above 500 ms at 31 a replica on 2026-11-20\. Set capacityPerReplica to (29|30), or find what slows it down\.$/,
  );
});

test.each([
  ['that was never reached', target('45', calm)],
  ['that lies within what was learned', target('31500m', overloads)],
  ['that is smaller than what was learned', target('10', overloads)],
  [
    'of a workload that is no longer named',
    target(
      '45',
      overloads.map(hour => ({ ...hour, workload: 'old' })),
    ),
  ],
  ['of which nothing is known', target('45', [])],
])('a stated capacity %s is not contradicted', (_, object) => {
  expect(contradictedCapacity(object, now)).toBeUndefined();
});

test('what was learned is described: a lower bound, or a rate with its range', () => {
  expect(describeCapacity(target('45', calm), now)).toBe(
    'at least 60 requests/s per replica (45 stated): the objective never broke in 1 hour, so how much more is unknown.',
  );
  expect(describeCapacity(target('45', overloads), now)).toMatch(
    /^(29|30) requests\/s per replica \(45 stated\), \d+ to \d+ with 80 % probability, from 3 hours\.$/,
  );
  expect(describeCapacity(target('45', []), now)).toBeUndefined();
});

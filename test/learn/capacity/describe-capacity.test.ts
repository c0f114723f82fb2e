import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { contradictedCapacity, describeCapacity } from '../../../src/learn/capacity/describe-capacity.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const objective = { p95Milliseconds: 500, query: 'p95' };
const target = (capacityPerReplica: string | undefined, capacityHours: readonly object[]) =>
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
    '45 requests/s per replica, as stated; it served at least 60: the objective never broke in 1 hour, so how much more is unknown.',
  );
  expect(describeCapacity(target('45', overloads), now)).toMatch(
    /^45 requests\/s per replica, as stated; the objective broke at (29|30) \(\d+ to \d+ with 80 % probability, from 3 hours\)\.$/,
  );
  expect(describeCapacity(target('45', []), now)).toBe('45 requests/s per replica, as stated.');
});

test('what is used where nothing is stated is described: what was learned, or that nobody knows', () => {
  expect(describeCapacity(target(undefined, overloads), now)).toMatch(
    /^(27|28) requests\/s per replica, learned from 3 hours in which the objective broke \((27|28) to (31|32|33) with 80 % probability\)\.$/,
  );
  expect(describeCapacity(target(undefined, calm), now)).toBe(
    'not known: capacityPerReplica is not stated and not learned with confidence; it served at least 60: the objective never broke in 1 hour, so how much more is unknown; sales get the replicas of ordinary load × the peak.',
  );
});

test("the SRE's page shows what is said of a stated and of a learned capacity", () => {
  const [, after = ''] = readFileSync('docs/sre.md', 'utf8').split('## Capacity is learned where it breaks\n');
  const [section = ''] = after.split('\n## ');
  const shown = parseScalingTarget(parse(/```yaml\n([^`]*)```/.exec(section)?.[1] ?? ''));
  const { capacityPerReplica: _stated, ...unstated } = shown.spec;
  expect(section).toContain(`\`search: ${contradictedCapacity(shown, now)}\``);
  expect(section).toContain(`\`${describeCapacity({ ...shown, spec: unstated }, now).slice(0, -1)}\``);
});

test('what an HPA showed is told as that, contradicts nothing, and gives way to what the objective showed', () => {
  const shown = overloads.map(hour => ({ ...hour, sign: 'Autoscaler' }));
  expect(describeCapacity(target(undefined, shown), now)).toMatch(
    /^2\d requests\/s per replica, learned from 3 hours in which its HPA was above its target with all replicas ready \(/,
  );
  expect(describeCapacity(target('45', shown), now)).toMatch(
    /^45 requests\/s per replica, as stated; its HPA was above its target with all replicas ready at (29|30) \(/,
  );
  expect(contradictedCapacity(target('45', shown), now)).toBeUndefined();
  expect(describeCapacity(target(undefined, [...shown.slice(0, 1), ...calm]), now)).toContain('at least 60');
});

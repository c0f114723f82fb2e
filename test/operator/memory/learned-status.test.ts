import { expect, test } from 'vitest';
import { parseInstant } from '../../../src/api/instant.ts';
import { learnedStatus } from '../../../src/operator/memory/learned-status.ts';
import { type GivenTarget, observationOf } from '../../support/shop/planned-namespace.ts';

const now = '2026-11-27T19:10:00Z';
const running = { minReplicas: 4, maxReplicas: 40, currentReplicas: 12 };
const drop = { start: parseInstant('2026-11-27T19:00:00Z'), end: parseInstant('2026-11-27T21:00:00Z') };

function learned(target: GivenTarget, sales: readonly (typeof drop)[] = []) {
  const [observed] = observationOf({ now, targets: { gateway: target } }).targets;
  if (observed === undefined) throw new Error('no target');
  return learnedStatus(observed, { now: parseInstant(now), sales: sales as never });
}

test('keeps the replicas of this hour beside those of the others', () => {
  const status = { ordinaryReplicas: [{ hour: 3, replicas: 4 }] };
  const ordinaryReplicas = [...status.ordinaryReplicas, { hour: 19, replicas: 12 }];
  expect(learned({ hpa: running, status })).toMatchObject({ ordinaryReplicas });
});

test.each<[string, GivenTarget, readonly (typeof drop)[]]>([
  ['a sale runs', { hpa: running }, [drop]],
  ['a floor is in force', { hpa: { ...running, floor: 12, floorMax: 40 } }, []],
])('records nothing while %s', (_, target, sales) => {
  expect(learned(target, sales)).not.toHaveProperty('ordinaryReplicas');
});

test('keeps how late the source is, in whole minutes', () => {
  const recent = { start: parseInstant(now) - 60_000, stepSeconds: 60, values: [5] };
  expect(learned({ demand: { recent, ageSeconds: 0, latenessSeconds: 75 } })).toMatchObject({
    demandLatenessSeconds: 120,
  });
});

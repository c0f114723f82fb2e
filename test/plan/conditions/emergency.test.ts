import { expect, test } from 'vitest';
import { policyEmergency } from '../../../src/plan/conditions/emergency.ts';
import { type Given, observationOf } from '../../support/shop/planned-namespace.ts';

const emergency = { action: 'Ceiling', until: '2026-11-27T21:00:00Z', requestedBy: 'ann', reason: 'no cache' };
const own = { ...emergency, action: 'Baseline' };
const said = 'Emergency Ceiling by ann until 2026-11-27T21:00:00Z, stated by the policy: no cache.';

test.each<[string, Given['targets'], string, string]>([
  ['no target', {}, '2026-11-27T20:00:00Z', `${said} It reaches no ScalingTarget of the namespace.`],
  [
    'targets without their own',
    { a: {}, b: {}, c: { spec: { emergency: own } } },
    '2026-11-27T20:00:00Z',
    `${said} It reaches 2 ScalingTargets of the namespace.`,
  ],
  [
    'anything once it is over',
    { a: {} },
    '2026-11-27T21:00:00Z',
    'The emergency is over since 2026-11-27T21:00:00Z: remove it.',
  ],
])("a policy's emergency reaches %s", (_, targets, now, message) => {
  expect(policyEmergency(observationOf({ now, policy: { emergency }, targets }))).toMatchObject({ message });
});

test('a policy without one says so', () => {
  const observation = observationOf({ now: '2026-11-27T20:00:00Z', targets: {} });
  expect(policyEmergency(observation)).toMatchObject({ status: 'False', reason: 'NoEmergency' });
});

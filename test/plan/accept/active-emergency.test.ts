import { expect, test } from 'vitest';
import type { Emergency } from '../../../src/api/field.ts';
import { activeEmergency, describeEmergency, survivesRefusal } from '../../../src/plan/accept/active-emergency.ts';

const now = Date.parse('2026-11-27T19:00:00Z');
const over = '2026-11-27T19:00:00Z';
const ahead = '2026-11-27T19:00:01Z';
const stated = (action: Emergency['action'], until: string): Emergency => ({
  action,
  until,
  requestedBy: 'ann',
  reason: 'the edge lost its cache',
});

test.each([
  ['none', undefined, undefined, undefined],
  ["the policy's", undefined, stated('Ceiling', ahead), 'policy Ceiling'],
  ["the target's beats the policy's", stated('Baseline', ahead), stated('Ceiling', ahead), 'target Baseline'],
  ["the policy's after the target's is over", stated('Baseline', over), stated('Ceiling', ahead), 'policy Ceiling'],
  ['none after both are over', stated('Baseline', over), stated('Ceiling', over), undefined],
])('%s', (_, target, policy, expected) => {
  const active = activeEmergency({ target, policy }, now);
  expect(active === undefined ? undefined : `${active.by} ${active.action}`).toBe(expected);
});

test('is described with who, until when and why', () => {
  const active = activeEmergency({ target: undefined, policy: stated('Ceiling', ahead) }, now);
  expect(active && describeEmergency(active)).toBe(
    'emergency Ceiling by ann until 2026-11-27T19:00:01Z, stated by the policy: the edge lost its cache',
  );
});

test('Ceiling outlives a refusal that says nothing of bounds', () => {
  const [ceiling, baseline] = (['Ceiling', 'Baseline'] as const).map(action =>
    activeEmergency({ target: stated(action, ahead), policy: undefined }, now),
  );
  expect(survivesRefusal(undefined, undefined)).toBe(true);
  expect(survivesRefusal(ceiling, { reason: 'CallCycle' })).toBe(true);
  expect(survivesRefusal(ceiling, { reason: 'WorkloadMissing' })).toBe(false);
  expect(survivesRefusal(baseline, { reason: 'CallCycle' })).toBe(false);
});

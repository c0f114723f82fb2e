import { expect, test } from 'vitest';
import { planOf } from '../../../support/shop/apply-planned.ts';
import { eveningSale } from '../../../support/shop/evening-sale.ts';
import type { Given, GivenTarget } from '../../../support/shop/planned-namespace.ts';

function outlookOf(target: GivenTarget, policy: Given['policy'] = {}) {
  const given: Given = {
    now: '2026-11-20T12:00:00Z',
    policy,
    sales: [eveningSale],
    targets: { gateway: { forecast: 30, ...target, spec: { entryPoint: true, ...target.spec } } },
  };
  const [outlook] = planOf(given).plan.sales;
  return outlook;
}
const told = (target: GivenTarget, policy?: Given['policy']) => {
  const outlook = outlookOf(target, policy);
  return [outlook?.verdict, ...(outlook?.findings ?? []).map(({ reason, verdict }) => `${reason} ${verdict}`)];
};

test.each<readonly [string, GivenTarget, readonly string[]]>([
  ['is sound', {}, ['NotDue']],
  ['has no workload', { workload: { missing: 'there is none' } }, ['NoGo', 'TargetRefused NoGo']],
  ['is paused', { spec: { paused: 'Up' } }, ['NoGo', 'Paused NoGo']],
  ['may not be lowered', { spec: { paused: 'Down' } }, ['NotDue']],
  ['is scaled to 0', { workload: { replicas: 0, readyReplicas: 0 } }, ['NoGo', 'ScaledToZero NoGo']],
  ['has no ready pod', { workload: { replicas: 4, readyReplicas: 0 } }, ['AtRisk', 'NoReadyPod AtRisk']],
  ['was read from a file', { workload: { uid: '', replicas: 4, readyReplicas: 0 } }, ['NotDue']],
  [
    'is paused although it stands high enough',
    {
      spec: { paused: 'Up' },
      hpa: { minReplicas: 40, maxReplicas: 60, floor: 40, floorMax: 60 },
      workload: { replicas: 40 },
    },
    ['AtRisk', 'Paused AtRisk'],
  ],
  ['is paused and needs no raise', { forecast: 2, spec: { paused: 'Up' } }, ['AtRisk', 'Paused AtRisk']],
  ['needs more than its ceiling', { spec: { ceiling: 20 } }, ['AtRisk', 'LimitBinds AtRisk']],
])('a sale weeks ahead whose target %s', (_, target, expected) => {
  expect(told(target)).toEqual(expected);
});

test('a policy that holds the namespace is told once, not for each target', () => {
  const policy = { paused: 'Up' } as const;
  expect(told({}, policy)).toEqual(['NoGo', 'Paused NoGo']);
});

test('what forbids the raise comes before what only endangers it', () => {
  expect(told({ spec: { ceiling: 20, paused: 'Up' }, workload: { replicas: 4, readyReplicas: 0 } })).toEqual([
    'NoGo',
    'Paused NoGo',
    'NoReadyPod AtRisk',
    'LimitBinds AtRisk',
  ]);
});

test('each finding of the message ends in what mends it', () => {
  const message = outlookOf({ spec: { ceiling: 20, paused: 'Up' } })?.conditions.find(
    ({ type }) => type === 'Feasible',
  )?.message;
  expect(message).toBe(
    'gateway is not raised while paused: Up. Set paused to None in the ScalingTarget and the ScalingPolicy. gateway: its ceiling allows 20 of 29 replicas. Set spec.ceiling to 29.',
  );
});

import { expect, test } from 'vitest';
import { parseScalingTarget, type RaisedObject } from '../../../src/api/scaling-target.ts';
import { ledgerEntry } from '../../../src/apply/ledger/ledger-entry.ts';
import type { TargetPlan } from '../../../src/plan/plan.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const plan: TargetPlan = {
  target: 'checkout',
  bounds: { minReplicas: 64, maxReplicas: 96 },
  action: 'Write',
  floor: 64,
  reason: 'SaleRunning',
  because: [],
  conditions: [],
};
const hpa: RaisedObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  name: 'checkout',
  uid: 'hpa',
  minReplicas: 4,
  maxReplicas: 20,
};

test.each([
  ['its replicas until then', 7, [], 7],
  ['those of its HPA, which is gone after it was raised', 64, [hpa], 4],
  ['its own, where they are fewer than the HPA had', 2, [hpa], 2],
])('a workload without an HPA is recorded with %s', (_, replicas, raised, before) => {
  const target = { ...parseScalingTarget(scalingTarget({})), status: { raised } };
  const entry = ledgerEntry(plan, { target, autoscalers: [], workload: { uid: 'workload', replicas } });
  expect(entry).toMatchObject({ kind: 'Deployment', uid: 'workload', minReplicas: before, maxReplicas: before });
});

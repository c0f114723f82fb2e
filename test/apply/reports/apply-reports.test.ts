import { expect, test } from 'vitest';
import { parseSalePlan } from '../../../src/api/sale-plan.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { applyReports } from '../../../src/apply/reports/apply-reports.ts';
import type { TargetPlan } from '../../../src/plan/plan.ts';
import { salePlan, scalingTarget } from '../../support/shop/kinds.ts';
import { scriptedContext } from '../../support/shop/scripted-context.ts';

const now = Date.parse('2026-11-27T18:55:00Z');
const nothing = {
  plan: { now, namespace: 'marketplace', targets: [], sales: [], others: [], next: now },
  applied: { now, dryRun: false, writes: [] },
  sales: [],
  targets: [],
  salePlans: [],
  records: [],
  others: [],
};

/** A context that records what is sent. */
function recording() {
  const sent: unknown[] = [];
  const context = scriptedContext(({ body }) => {
    sent.push(body);
    return { metadata: { resourceVersion: '100' } };
  });
  return { sent, context };
}

test('a SalePlan, which is our memory, is written only over the version that was read', async () => {
  const { metadata, ...rest } = salePlan();
  const read = parseSalePlan({ ...rest, metadata: { ...metadata, uid: 'u1', resourceVersion: '7' } });
  const { sent, context } = recording();
  await applyReports(context, {
    ...nothing,
    salePlans: [{ salePlan: read, updated: { timeline: [] }, conditions: [], isNews: true }],
  });
  expect(sent).toMatchObject([{ metadata: { uid: 'u1', resourceVersion: '7' } }]);
});

test('a change of bounds is told at once, and what stays as it is waits for the hour', async () => {
  const status = { floor: 35, bounds: { minReplicas: 35, maxReplicas: 53 }, conditions: [] };
  const { metadata, ...rest } = scalingTarget({});
  const target = parseScalingTarget({ ...rest, metadata: { ...metadata, uid: 'u1' }, status });
  const plan: TargetPlan = {
    target: 'checkout',
    autoscaler: 'checkout',
    bounds: { minReplicas: 30, maxReplicas: 53 },
    action: 'Write',
    floor: 30,
    reason: 'SaleRunning',
    because: [],
    change: 'checkout 35 → 30',
    conditions: [],
  };
  const report = async (outcome: 'Written' | 'Failed') => {
    const { sent, context } = recording();
    const write = { kind: 'HorizontalPodAutoscaler', name: 'checkout', part: 'Bounds', message: '' } as const;
    const applied = { ...nothing.applied, writes: [{ ...write, outcome }] };
    await applyReports(context, {
      ...nothing,
      plan: { ...nothing.plan, targets: [plan] },
      applied,
      targets: [{ target }],
    });
    return sent;
  };
  expect(await report('Written')).toMatchObject([{ status: { floor: 30 } }]);
  expect(await report('Failed')).toEqual([]);
});

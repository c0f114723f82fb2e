import { expect, test } from 'vitest';
import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';
import { NamespaceSeries } from '../../../src/operator/telemetry/namespace-series.ts';
import { saleSamples } from '../../../src/operator/telemetry/sale-metrics.ts';
import type { Plan } from '../../../src/plan/plan.ts';

const sale = (salePlan: string, stage: string, reason?: string) => ({
  sale: 'drop',
  salePlan,
  stage,
  prescaleTime: 700_000,
  start: 1_000_000,
  end: 9_000_000,
  ...(reason === undefined ? {} : { verdict: reason }),
  findings: stage === 'Ahead' ? [late, late, { ...late, reason: 'Paused' }] : [],
  conditions: reason === undefined ? [] : [{ type: 'Feasible', status: 'False', reason, message: '' }],
});
const late = { condition: 'Feasible', reason: 'Late', verdict: 'AtRisk', message: '' };
const planOf = (...sales: readonly object[]) => ({ namespace: 'shop', sales }) as unknown as Plan;

test('each occurrence of a sale that is not over has one verdict, its findings by reason and its times', async () => {
  const metrics = createMetrics();
  const series = new NamespaceSeries();
  const lines = async () => (await metrics.registry.metrics()).split('\n').filter(line => line.includes('sale="drop"'));

  series.set('shop', saleSamples(metrics, planOf(sale('drop-1', 'Ahead', 'AtRisk'), sale('drop-0', 'Over'))));
  expect((await lines()).sort()).toEqual([
    'headstart_sale_condition_verdict{namespace="shop",sale="drop",sale_plan="drop-1",condition="Feasible",verdict="AtRisk"} 1',
    'headstart_sale_end_timestamp_seconds{namespace="shop",sale="drop",sale_plan="drop-1"} 9000',
    'headstart_sale_findings{namespace="shop",sale="drop",sale_plan="drop-1",condition="Feasible",reason="Late"} 2',
    'headstart_sale_findings{namespace="shop",sale="drop",sale_plan="drop-1",condition="Feasible",reason="Paused"} 1',
    'headstart_sale_prescale_timestamp_seconds{namespace="shop",sale="drop",sale_plan="drop-1"} 700',
    'headstart_sale_start_timestamp_seconds{namespace="shop",sale="drop",sale_plan="drop-1"} 1000',
    'headstart_sale_verdict{namespace="shop",sale="drop",sale_plan="drop-1",verdict="AtRisk"} 1',
  ]);

  series.set('shop', saleSamples(metrics, planOf(sale('drop-1', 'Running', 'Go'))));
  expect((await lines()).filter(line => line.includes('verdict=') || line.includes('reason='))).toEqual([
    'headstart_sale_verdict{namespace="shop",sale="drop",sale_plan="drop-1",verdict="Go"} 1',
    'headstart_sale_condition_verdict{namespace="shop",sale="drop",sale_plan="drop-1",condition="Feasible",verdict="Go"} 1',
  ]);

  series.set('shop', saleSamples(metrics, planOf(sale('drop-1', 'Past'))));
  expect(await lines()).toEqual([]);
});

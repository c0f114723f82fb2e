import { expect, test } from 'vitest';
import type { Observation } from '../../../src/observe/observation.ts';
import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';
import { removeTargetMetrics, setTargetMetrics } from '../../../src/operator/telemetry/target-metrics.ts';
import type { Plan } from '../../../src/plan/plan.ts';

const bounds = { minReplicas: 4, maxReplicas: 20 };
const plan = (expected?: { forecast: number; upper: number }) =>
  ({ targets: [{ target: 'checkout', bounds, floor: 9, ...(expected && { expected }) }] }) as unknown as Plan;
const observation = (demand: unknown) =>
  ({ targets: [{ target: { metadata: { name: 'checkout' } }, demand }] }) as unknown as Observation;
const measured = { recent: { start: 0, stepSeconds: 60, values: [1, 40, null] }, ageSeconds: 30, latenessSeconds: 65 };

test('a target says its demand beside its forecast, and neither once there is none', async () => {
  const metrics = createMetrics();
  setTargetMetrics(metrics, 'shop', { observation: observation(measured), plan: plan({ forecast: 42, upper: 60 }) });
  expect(await metrics.registry.metrics()).toContain(
    'headstart_demand_requests_per_second{namespace="shop",target="checkout"} 40',
  );
  expect(await metrics.registry.metrics()).toContain(
    'headstart_demand_lateness_seconds{namespace="shop",target="checkout"} 65',
  );
  expect(await metrics.registry.metrics()).toContain(
    'headstart_forecast_requests_per_second{namespace="shop",target="checkout",level="0.95"} 60',
  );
  setTargetMetrics(metrics, 'shop', { observation: observation({ missing: 'no samples' }), plan: plan() });
  expect(seriesOf(await metrics.registry.metrics())).toEqual([
    'headstart_floor_replicas',
    'headstart_min_replicas',
    'headstart_max_replicas',
  ]);
});

test('a target that is gone leaves no series', async () => {
  const metrics = createMetrics();
  setTargetMetrics(metrics, 'shop', { observation: observation(measured), plan: plan({ forecast: 42, upper: 60 }) });
  removeTargetMetrics(metrics, { namespace: 'shop', target: 'checkout' });
  expect(seriesOf(await metrics.registry.metrics())).toEqual([]);
});

function seriesOf(text: string): readonly string[] {
  return text.split('\n').flatMap(line => (line.includes('target="checkout"') ? [line.split('{')[0] ?? ''] : []));
}

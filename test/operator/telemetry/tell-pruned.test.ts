import { expect, test } from 'vitest';
import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';
import { createTellPruned } from '../../../src/operator/telemetry/tell-pruned.ts';

test('the number of missing fields is a metric, and their names are logged; 0 once they are there', async () => {
  const metrics = createMetrics();
  const said: string[] = [];
  const say = (message: string, facts?: object) => void said.push(`${message} ${JSON.stringify(facts)}`);
  const tell = createTellPruned({ warn: say, info: say }, metrics);
  tell(['a', 'b']);
  expect(await metrics.registry.metrics()).toContain('headstart_pruned_fields 2');
  tell([]);
  expect(await metrics.registry.metrics()).toContain('headstart_pruned_fields 0');
  expect(said[0]).toMatch(/the CRDs are older than the operator .*\["a","b"\]/);
  expect(said[1]).toContain('every field again');
});

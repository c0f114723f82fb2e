import { expect, test } from 'vitest';
import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';
import { createTellRepair } from '../../../src/operator/telemetry/tell-repair.ts';

test('what a full list finds different is counted by kind, and logged with examples', async () => {
  const metrics = createMetrics();
  const warned: unknown[] = [];
  const tell = createTellRepair({ warn: (message, facts) => warned.push([message, facts]) }, metrics);
  tell('Deployment', { differences: 2, examples: ['shop/a', 'shop/b'], wentBack: false });
  tell('FlashSale', { differences: 1, examples: ['shop/c'], wentBack: true });

  const text = await metrics.registry.metrics();
  expect(text).toContain('headstart_cache_differences_total{resource="Deployment"} 2');
  expect(text).toContain('headstart_cache_differences_total{resource="FlashSale"} 1');
  expect(text).toContain('headstart_cache_rewinds_total{resource="FlashSale"} 1');
  expect(text).not.toContain('headstart_cache_rewinds_total{resource="Deployment"}');
  expect(warned).toEqual([
    ['cache differed from the cluster', { kind: 'Deployment', differences: 2, examples: ['shop/a', 'shop/b'] }],
    ['cluster restored from a backup', { kind: 'FlashSale', differences: 1, examples: ['shop/c'] }],
  ]);
});

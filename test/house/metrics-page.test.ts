import { expect, test } from 'vitest';
import { renderMetrics } from '../support/pages/render-metrics.ts';

test('docs/metrics.md is what the operator serves', async () => {
  await expect(await renderMetrics()).toMatchFileSnapshot('../../docs/metrics.md');
});

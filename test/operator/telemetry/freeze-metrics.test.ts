import { expect, test } from 'vitest';
import type { DeployFreeze } from '../../../src/api/series/deploy-freezes.ts';
import { freezeSamples } from '../../../src/operator/telemetry/freeze-metrics.ts';
import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';

const window = { start: 60_000, end: 120_000, sales: ['drop'] };

test.each<[string, readonly DeployFreeze[] | undefined, number, readonly string[]]>([
  ['no series', undefined, 0, []],
  ['nothing open', [], 0, ['open 0']],
  ['the next window', [window, { ...window, start: 180_000 }], 59_999, ['open 0', 'start 60', 'end 120']],
  ['the open window', [window], 60_000, ['open 1', 'start 60', 'end 120']],
])('metrics show %s', (_title, freezes, now, expected) => {
  const metrics = createMetrics();
  const names = new Map<unknown, string>([
    [metrics.freezeOpen, 'open'],
    [metrics.freezeStart, 'start'],
    [metrics.freezeEnd, 'end'],
  ]);
  const samples = freezeSamples(metrics, { namespace: 'shop', now, ...(freezes === undefined ? {} : { freezes }) });
  expect(samples.map(({ gauge, value }) => `${names.get(gauge)} ${value}`)).toEqual(expected);
  expect(samples.every(({ labels }) => labels.namespace === 'shop')).toBe(true);
});

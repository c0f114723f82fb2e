import { expect, test } from 'vitest';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';
import { ordinarySamples } from '../../../src/operator/telemetry/ordinary-metrics.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

test('what raising ordinary peaks has saved and cost is shown as the status tells it', () => {
  const week = {
    until: '2026-11-27T06:00:00Z',
    days: 7,
    replicaHours: '12',
    secondsShort: '30',
    secondsShortAlone: '900',
  };
  const target = parseScalingTarget({ ...scalingTarget({}), status: { ordinaryPeaks: week } });
  const shown = ordinarySamples(createMetrics(), 'marketplace', target).map(({ labels, value }) => [labels.by, value]);
  expect(shown).toEqual([
    [undefined, 12],
    ['headstart', 30],
    ['hpa', 900],
  ]);
  expect(ordinarySamples(createMetrics(), 'marketplace', parseScalingTarget(scalingTarget({})))).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { formatAdopted } from '../../src/cli/adopt.ts';

type Autoscaler = Parameters<typeof formatAdopted>[0];
type Metrics = NonNullable<NonNullable<Autoscaler['spec']>['metrics']>;

const cpu: Metrics = [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
];
const rate: Metrics = [
  { type: 'External', external: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '45' } } },
];
const hpa = (metrics: Metrics): Autoscaler => ({
  metadata: { name: 'checkout-hpa', namespace: 'marketplace' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' },
    minReplicas: 4,
    maxReplicas: 20,
    metrics,
  },
});
const query = 'sum(rate(http_requests_total{service="checkout"}[1m]))';

describe('adopt', () => {
  test('makes a ScalingTarget that watches first, with the live bounds as its baseline', () => {
    const target = parseScalingTarget(parse(formatAdopted(hpa(cpu), { source: 'prometheus', capacity: '40', query })));
    expect(target).toMatchObject({
      metadata: { name: 'checkout', namespace: 'marketplace' },
      spec: {
        workloadRef: { kind: 'Deployment', name: 'checkout' },
        mode: 'ForecastOnly',
        baseline: { minReplicas: 4, maxReplicas: 20 },
        ceiling: 60,
        capacityPerReplica: '40',
        demand: { query },
      },
    });
  });

  test('finds the capacity where the HPA aims at a rate for each pod', () => {
    expect(formatAdopted(hpa(rate), { source: 'prometheus', query })).toContain('capacityPerReplica: "45"');
  });

  test.each([
    [
      'the capacity, which cpu does not tell',
      hpa(cpu),
      { query },
      /--capacity is needed: HPA checkout-hpa scales on cpu/,
    ],
    ['the query, which no HPA tells', hpa(rate), {}, /--query is needed/],
  ])('asks for %s', (_, found, options, message) => {
    expect(() => formatAdopted(found, { source: 'prometheus', ...options })).toThrow(message);
  });
});

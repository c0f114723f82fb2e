import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { type AdoptedFields, formatAdopted } from '../../../src/cli/adopt/format-adopted.ts';
import { validateManifests } from '../../../src/validate/validate-manifests.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

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
const long = `${'checkout.'.repeat(28)}x`;
const keda: Metrics[number] = {
  type: 'External',
  external: { metric: { name: 's0-rabbitmq-orders' }, target: { type: 'AverageValue', averageValue: '30' } },
};
const container: Metrics[number] = {
  type: 'ContainerResource',
  containerResource: { name: 'cpu', container: 'app', target: { type: 'Utilization', averageUtilization: 60 } },
};
const query = 'sum(rate(http_requests_total{service="checkout"}[1m]))';
const all: AdoptedFields = { source: 'prometheus', capacity: '40', query };

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
    ['cpu', hpa(cpu), /^# HPA checkout-hpa scales on cpu \(60 % of its request\), so capacityPerReplica is not stated/],
    [
      'the length of a queue',
      hpa([keda]),
      /^# HPA checkout-hpa scales on external metric s0-rabbitmq-orders \(30 per pod\), so capacityPerReplica is not/,
    ],
  ])('states no capacity where %s does not tell it, and says what follows', (_, found, message) => {
    const text = formatAdopted(found, { source: 'prometheus', query });
    expect(text).toMatch(message);
    expect(text).toContain(': sales get a guess.\n# State capacityPerReplica, or objective.query with p95Milliseconds');
    expect(parseScalingTarget(parse(text)).spec.capacityPerReplica).toBeUndefined();
  });

  test('asks for the query, which no HPA tells', () => {
    expect(() => formatAdopted(hpa(rate), { source: 'prometheus' })).toThrow(/--query is needed/);
  });

  test('says where it found the capacity', () => {
    expect(formatAdopted(hpa(rate), { source: 'prometheus', query })).toMatch(
      /^# capacityPerReplica is what HPA checkout-hpa aims at: rps, 45 per pod\.\n/,
    );
  });

  test('gives the ScalingTarget another name when asked', () => {
    const taken = scalingTarget({ workloadRef: { kind: 'StatefulSet', name: 'checkout' } });
    expect(() => formatAdopted(hpa(cpu), all, [taken])).toThrow(/choose another name with --name/);
    expect(adopted(hpa(cpu), { ...all, name: 'checkout-web' }, [taken])).toMatchObject({
      metadata: { name: 'checkout-web' },
      spec: { workloadRef: { name: 'checkout' } },
    });
  });

  test.each<[string, Partial<AdoptedFields>, RegExp]>([
    ['a capacity that is no number', { capacity: '45 rps' }, /spec\.capacityPerReplica: must be a quantity/],
    ['a capacity of nothing', { capacity: '0' }, /spec\.capacityPerReplica: must be above 0/],
    ['a ceiling below the maximum', { ceiling: 19 }, /spec\.ceiling: must be at least baseline\.maxReplicas 20/],
    ['a source with a space', { source: 'my prometheus' }, /spec\.demand\.source: must be the name of a source/],
    ['an empty query', { query: '' }, /spec\.demand\.query/],
  ])('names the field of %s instead of writing it', (_, fields, message) => {
    expect(() => formatAdopted(hpa(cpu), { ...all, ...fields })).toThrow(message);
  });
});

describe('what adopt writes for an HPA in the wild passes parser, schema and validate', () => {
  test.each<[string, NonNullable<Autoscaler['spec']> | object, object]>([
    ['with behavior', { behavior: { scaleDown: { stabilizationWindowSeconds: 300 } } }, {}],
    ['with several metrics', { metrics: [...cpu, ...rate] }, {}],
    ['with an average of cpu', { metrics: [resource({ type: 'AverageValue', averageValue: '500m' })] }, {}],
    ['with the metric of a queue', { metrics: [keda] }, {}],
    ['with the metric of one container', { metrics: [container] }, {}],
    ['without metrics', { metrics: undefined }, {}],
    ['without a minimum', { minReplicas: undefined }, { baseline: { minReplicas: 1, maxReplicas: 20 } }],
    ['of a StatefulSet', scales('apps/v1', 'StatefulSet', 'checkout'), { workloadRef: { kind: 'StatefulSet' } }],
    ['of a Rollout', scales('argoproj.io/v1alpha1', 'Rollout', 'checkout'), { workloadRef: { kind: 'Rollout' } }],
    ['of a kind nobody knows', scales('shop.example.com/v1beta2', 'Till', 'till'), { workloadRef: { name: 'till' } }],
    [
      'of a kind of the core group',
      scales('v1', 'ReplicationController', 'old'),
      { workloadRef: { apiVersion: 'v1' } },
    ],
    [
      'of a workload with a name of 253 characters',
      scales('apps/v1', 'Deployment', long),
      { workloadRef: { name: long } },
    ],
    [
      'of a workload that YAML 1.1 takes for a truth',
      scales('apps/v1', 'Deployment', 'on'),
      { workloadRef: { name: 'on' } },
    ],
    [
      'of a workload whose name is a number',
      scales('apps/v1', 'Deployment', '0123'),
      { workloadRef: { name: '0123' } },
    ],
    ['with as many replicas as can be', { maxReplicas: 100_000 }, { ceiling: 100_000 }],
  ])('%s', (_, spec, expected) => {
    const live = { ...hpa(cpu), spec: { ...hpa(cpu).spec, ...spec } } as Autoscaler;
    const yaml = formatAdopted(live, all);
    expect(parseScalingTarget(parse(yaml)).spec).toMatchObject(expected);
    expect(parse(yaml, { version: '1.1' })).toEqual(parse(yaml));
    const { findings } = validateManifests(new Map([['target.yaml', yaml]]));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

function adopted(...input: Parameters<typeof formatAdopted>) {
  return parseScalingTarget(parse(formatAdopted(...input)));
}

function scales(apiVersion: string, kind: string, name: string) {
  return { scaleTargetRef: { apiVersion, kind, name } };
}

function resource(target: object) {
  return { type: 'Resource', resource: { name: 'cpu', target } };
}

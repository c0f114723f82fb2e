import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { synthesizeOwnFacts } from '../support/pages/manifests.ts';
import { findingsIn, findingsOf } from '../support/validate/findings-of.ts';

const rule = (expr: unknown) =>
  stringify({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'a' },
    spec: { groups: [{ name: 'a', rules: [{ record: 'a', expr }] }] },
  });

test.each([
  'sum by (a) (rate(x{a="b"}[5m])) / ignoring (b) y > 0',
  'max_over_time(rate(x[5m] offset 1w)[1h:1m])',
  'histogram_quantile(0.9, sum(rate(y_bucket[1m])) by (le)) # a comment',
  'rate((x[5m]))',
  1,
])('%s is PromQL', expr => {
  expect(findingsOf('promql', rule(expr))).toEqual([]);
});

test.each([
  ['sum(rate(x[5m])', 'it ends too early'],
  ['x{a=b}', 'it is not understood from "b}" on'],
  ['summ(x)', 'it is not understood from "(x)" on'],
  ['rate(x)', 'rate takes a range, as rate(x[5m])'],
  ['', 'it is empty'],
])('%s is none: %s', (expr, fault) => {
  expect(findingsOf('promql', rule(expr))).toEqual([`error PrometheusRule default/a: is no PromQL: ${fault}`]);
});

test('looks at KEDA’s triggers, too, and at no query of another store', () => {
  const scaled = (type: string) =>
    stringify({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: 'a' },
      spec: { scaleTargetRef: { name: 'a' }, triggers: [{ type, metadata: { query: 'avg:x{*}' } }] },
    });
  expect(findingsOf('promql', scaled('datadog'))).toEqual([]);
  expect(findingsOf('promql', scaled('prometheus'))).toHaveLength(1);
});

test('finds a broken query of a ScalingTarget of our shop, and nothing in the others', () => {
  const files = Object.fromEntries(synthesizeOwnFacts());
  expect(findingsIn('promql', files)).toEqual([]);
  const file = 'demo/cart/scalingtarget.cart.yaml';
  const broken = (files[file] ?? '').replace('[1m]))', '[1m])');
  expect(findingsIn('promql', { [file]: broken })).toEqual([
    'error ScalingTarget marketplace-demo/cart: is no PromQL: it ends too early',
  ]);
});

test('looks at the query of an objective beside that of the demand', () => {
  const target = stringify({
    apiVersion: 'headstart.dev/v1alpha1',
    kind: 'ScalingTarget',
    metadata: { name: 'a' },
    spec: {
      workloadRef: { name: 'a' },
      baseline: { minReplicas: 1, maxReplicas: 2 },
      ceiling: 3,
      capacityPerReplica: '5',
      demand: { query: 'sum(rate(x[5m]))' },
      objective: { p95Milliseconds: 500, query: 'histogram_quantile(0.95' },
    },
  });
  expect(findingsOf('promql', target)).toEqual([expect.stringContaining('is no PromQL')]);
});

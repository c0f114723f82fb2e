import { expect, test } from 'vitest';
import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';
import { NamespaceSeries } from '../../../src/operator/telemetry/namespace-series.ts';

/** A namespace with a gauge and a counter, beside another that keeps its own. */
function twoNamespaces() {
  const metrics = createMetrics();
  const series = new NamespaceSeries();
  for (const namespace of ['shop', 'other']) {
    const labels = { namespace, target: 'cart' };
    series.set(namespace, [{ gauge: metrics.floor, labels, value: 9 }]);
    series.count(namespace, metrics.contested, { labels, by: 0 });
    series.count(namespace, metrics.contested, { labels, by: 2 });
    series.count(namespace, metrics.reconciles, { labels: { namespace, result: 'Done' }, by: 1 });
  }
  const lines = async () => (await metrics.registry.metrics()).split('\n').filter(line => line.includes('{namespace'));
  return { series, lines };
}

test('a namespace that is forgotten leaves no series, and its neighbour keeps its own', async () => {
  const { series, lines } = twoNamespaces();
  expect(await lines()).toHaveLength(6);
  series.forget('shop');
  expect((await lines()).sort()).toEqual([
    'headstart_contested_reconciles_total{namespace="other",target="cart"} 2',
    'headstart_floor_replicas{namespace="other",target="cart"} 9',
    'headstart_reconciles_total{namespace="other",result="Done"} 1',
  ]);
  expect(series.namespaces).toEqual(['other']);
});

test('a counter of a target that is gone goes, one without a target stays', async () => {
  const { series, lines } = twoNamespaces();
  series.keepCounts('shop', ({ target }) => target === undefined);
  const left = (await lines()).filter(line => line.includes('shop'));
  expect(left.map(line => line.split('{')[0]).sort()).toEqual([
    'headstart_floor_replicas',
    'headstart_reconciles_total',
  ]);
});

test('a replica that does not lead any more tells nothing of any namespace', async () => {
  const { series, lines } = twoNamespaces();
  series.clear();
  expect(await lines()).toEqual([]);
});

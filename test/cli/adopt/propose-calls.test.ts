import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { adoptAll } from '../../../src/cli/adopt/adopt-all.ts';
import { proposeCalls } from '../../../src/cli/adopt/propose-calls.ts';
import { prometheusSource } from '../../../src/observe/metrics/prometheus.ts';
import { hpa } from '../../support/cli/adoptable.ts';
import { type LabelledCounter, startLabelledPrometheus } from '../../support/metric-stores/labelled-prometheus.ts';

const now = Date.parse('2026-11-27T12:00:30Z');
const callers = [
  { name: 'gateway', kind: 'Deployment', rate: 200 },
  { name: 'cart', kind: 'Deployment', rate: 100 },
  { name: 'stock', kind: 'StatefulSet', rate: 50 },
];

/** Calls per second between workloads of the shop, as each mesh publishes them. */
const calls = [
  ['gateway', 'cart', 100],
  ['gateway', 'stock', 0.02],
  ['cart', 'stock', 150],
  ['stock', 'gateway', 1],
] as const;
const kindOf = (name: string) => callers.find(caller => caller.name === name)?.kind.toLowerCase() ?? '';
const published: Readonly<Record<string, readonly LabelledCounter[]>> = {
  Istio: calls.flatMap(([from, to, rate]) =>
    ['destination', 'source'].map(reporter => ({
      name: 'istio_requests_total',
      labels: {
        reporter,
        source_workload: from,
        source_workload_namespace: 'shop',
        destination_workload: to,
        destination_workload_namespace: 'shop',
        response_code: '200',
      },
      perSecond: () => rate,
    })),
  ),
  Linkerd: calls.flatMap(([from, to, rate]) => [
    {
      name: 'request_total',
      labels: {
        direction: 'outbound',
        namespace: 'shop',
        [kindOf(from)]: from,
        dst_namespace: 'shop',
        [`dst_${kindOf(to)}`]: to,
      },
      perSecond: () => rate,
    },
    {
      name: 'request_total',
      labels: { direction: 'inbound', namespace: 'shop', [kindOf(to)]: to },
      perSecond: () => rate,
    },
  ]),
  'no mesh': [{ name: 'http_requests_total', labels: { namespace: 'shop', pod: 'cart-0' }, perSecond: () => 5 }],
};

describe('calls are proposed from', () => {
  test.each(['Istio', 'Linkerd'])(
    '%s, without the rarest of a circle and those below one in a thousand',
    async mesh => {
      await using store = await startLabelledPrometheus(published[mesh] ?? []);
      const source = prometheusSource({ url: store.url });
      const proposed = await proposeCalls(callers, { source, namespace: 'shop', now });
      expect([...proposed]).toEqual([
        ['cart', [{ target: 'stock', perThousandRequests: 1500 }]],
        ['gateway', [{ target: 'cart', perThousandRequests: 500 }]],
      ]);
    },
  );

  test('no mesh: none', async () => {
    await using store = await startLabelledPrometheus(published['no mesh'] ?? []);
    const source = prometheusSource({ url: store.url });
    expect([...(await proposeCalls(callers, { source, namespace: 'shop', now }))]).toEqual([]);
  });

  test('adopt --all into its ScalingTargets, and says whom each calls', async () => {
    await using store = await startLabelledPrometheus(published.Istio ?? []);
    const adoptions = await adoptAll({
      hpas: ['gateway', 'cart'].map(name => hpa(name)) as never,
      scaledObjects: [],
      targets: [],
      source: { name: 'prometheus', metrics: prometheusSource({ url: store.url }) },
      capacities: new Map([
        ['gateway', '45'],
        ['cart', '45'],
      ]),
      now,
    });
    const [cart, gateway] = adoptions;
    expect(parse(cart?.yaml ?? '').spec.calls).toBeUndefined();
    // The gateway gets 1 a second, from the stock.
    expect(parse(gateway?.yaml ?? '').spec.calls).toEqual([{ target: 'cart', perThousandRequests: 100_000 }]);
    expect(gateway?.yaml).toContain('# calls: as the mesh counted them over the last day.');
    expect(gateway?.message).toMatch(/; calls cart$/);
  });
});

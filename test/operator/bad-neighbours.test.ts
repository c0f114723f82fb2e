import { afterEach, describe, expect, test } from 'vitest';
import { type MetricSource, MetricSourceError } from '../../src/observe/metrics/metric-source.ts';
import {
  flashSale,
  madeUpSource,
  minutes,
  openShop,
  type Shop,
  service,
  shopDemand,
  stored,
} from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:03:00Z');
const healthy = Array.from({ length: 20 }, (_, index) => `shop${index + 1}`);

let shop: Shop;
afterEach(() => shop.close());

/** Twenty services, each with its own sale. */
async function addHealthy(namespace: string): Promise<void> {
  for (const name of healthy)
    await shop.create(
      ...service(name, { namespace }),
      flashSale(`${name}-sale`, start, end, { entryPoints: [name] }, namespace),
    );
}

/** The floors that were decided for each service, and when; maxima follow the pods that the HPAs still have. */
function trace(namespace: string): readonly string[] {
  return healthy.map(service => {
    const seen = shop.bounds.filter(({ namespace: where, name }) => where === namespace && name === service);
    const changes = seen.filter(({ minReplicas }, index) => minReplicas !== seen[index - 1]?.minReplicas);
    return `${service}: ${changes.map(({ at, minReplicas }) => `${minReplicas} at ${new Date(at).toISOString()}`).join(', ')}`;
  });
}

/** Of one object, by type. */
function said(resource: string, name: string, type: string) {
  const { status } = shop.get(resource, name) as never as {
    status?: { conditions: readonly { type: string; status: string; reason: string; message: string }[] };
  };
  return status?.conditions.find(condition => condition.type === type);
}

/** Past the API's validation, as an older or stricter schema would have let it in. */
function smuggle(object: object): void {
  const { kind } = object as { kind: string };
  const collection = shop.store.collections().find(({ definition }) => definition.kind === kind);
  collection?.create(object as never);
}

async function addBadNeighbours(): Promise<void> {
  const own = (name: string, spec: object = {}) => flashSale(name, start, end, spec);
  const ownTarget = { entryPoint: false };
  smuggle({
    ...own('backwards'),
    spec: { startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T19:00:00Z', timeZone: 'UTC', cancelled: false },
  });
  smuggle(own('nowhere', { timeZone: 'Mars/Olympus', cancelled: false }));
  smuggle(
    own('other-offset', {
      startTime: '2026-11-27T19:00:00+05:00',
      endTime: '2026-11-27T20:00:00+05:00',
      timeZone: 'Europe/Berlin',
      cancelled: false,
    }),
  );
  smuggle(own('enormous', { expectedPeakPercent: 1_000_000_000, timeZone: 'UTC', cancelled: false }));
  await shop.create(own('unknown-door', { entryPoints: ['nobody'] }));
  await shop.create(
    ...service('front', { spec: { ...ownTarget, calls: [{ target: 'back', perThousandRequests: 1000 }] } }),
  );
  await shop.create(...service('back', { spec: ownTarget }));
  await shop.create(own('two-doors', { entryPoints: ['front', 'back'] }));
  const [, , homeless] = service('homeless', { spec: ownTarget });
  await shop.create(homeless ?? {});
  await shop.create(...service('twins', { spec: ownTarget }));
  const [, twin] = service('twins');
  await shop.create({ ...twin, metadata: { name: 'twins-too', namespace: 'marketplace' } });
  await shop.create(...service('zero', { spec: ownTarget }));
  await shop.patch(stored.deployments, 'zero', { spec: { replicas: 0 } });
  await shop.create(own('zero-sale', { entryPoints: ['zero'] }));
  await shop.create(
    ...service('round', { spec: { ...ownTarget, calls: [{ target: 'about', perThousandRequests: 1000 }] } }),
  );
  await shop.create(
    ...service('about', { spec: { ...ownTarget, calls: [{ target: 'round', perThousandRequests: 1000 }] } }),
  );
  await shop.create(...service('html', { spec: { ...ownTarget, demand: { query: 'html' } } }));
  const [, , hollow] = service('hollow', { spec: { ...ownTarget, capacityPerReplica: '0' } });
  smuggle(hollow ?? {});
}

describe('twenty healthy sales', () => {
  test('are served the same beside every kind of bad object, each of which is told why', async () => {
    const demand = shopDemand([{ start, end, peak: 6 }]);
    const knows = madeUpSource(demand);
    const prometheus: MetricSource = {
      type: 'prometheus',
      readRange: async query => {
        if (query.query === 'html')
          throw new MetricSourceError('BadAnswer', 'the metric store answered with a web page.');
        return knows.readRange(query);
      },
    };
    shop = await openShop({ start: start - minutes(3), demand, sources: { prometheus }, policy: 'None' });
    await addHealthy('quiet');
    await addHealthy('marketplace');
    await addBadNeighbours();
    const operator = await shop.operator();
    await operator.whenLeading();
    await operator.idle();
    await shop.moveTo(end + minutes(1), 30_000);

    expect(trace('marketplace')).toEqual(trace('quiet'));
    const raised = shop.bounds.filter(({ namespace, floor }) => namespace === 'quiet' && floor !== undefined);
    expect(new Set(raised.map(({ name }) => name)).size).toBe(20);
    for (const sale of ['backwards', 'nowhere', 'other-offset', 'enormous', 'unknown-door', 'two-doors'])
      expect.soft(said(stored.sales, sale, 'Accepted'), sale).toMatchObject(refused);
    for (const target of ['homeless', 'twins', 'round', 'about', 'hollow'])
      expect.soft(said(stored.targets, target, 'Accepted'), target).toMatchObject(refused);
    const unavailable = { status: 'False', message: expect.stringContaining('web page') };
    expect.soft(said(stored.targets, 'html', 'DemandAvailable')).toMatchObject(unavailable);
    expect
      .soft(said(stored.targets, 'zero', 'BoundsInForce'))
      .toMatchObject({ status: 'False', reason: 'ScaledToZero' });
  }, 120_000);
});

/** With a sentence for its author. */
const refused = { status: 'False', message: expect.stringMatching(/\w+ \w+ \w+/) };

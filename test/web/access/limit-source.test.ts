import { afterAll, expect, test } from 'vitest';
import { cookieKeyFile, logIn, openPage } from '../../support/web/open-page.ts';
import { pageSourceOf, policyRecords } from '../../support/web/page-shop.ts';

const planned = pageSourceOf({
  now: '2026-11-27T12:00:00Z',
  sales: [{ name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' }],
  targets: { gateway: { spec: { entryPoint: true }, forecast: 100 } },
});
const policies = policyRecords({ cost: { currency: 'EUR', replicaHour: 1 } });
const source = { ...planned, read: (name: string) => ({ ...planned.read(name), policies }) };
const [namespace = ''] = source.namespaces();
const lists: Readonly<Record<string, readonly string[]>> = {
  sales: ['flashsales'],
  plans: ['saleplans'],
  planned: ['flashsales', 'saleplans'],
  services: ['scalingtargets'],
  all: ['flashsales', 'saleplans', 'scalingtargets'],
  priced: ['flashsales', 'saleplans', 'scalingpolicies'],
};
const page = await openPage(
  source,
  {
    users: Object.fromEntries(Object.keys(lists).map(user => [user, user])),
    may: (user, { resource }) => lists[user]?.includes(resource) ?? false,
  },
  { address: ':0', settings: { cookieKeyFile: cookieKeyFile() } },
);
afterAll(() => page.close());

const cookies = new Map(
  await Promise.all(Object.keys(lists).map(async user => [user, await logIn(page, user)] as const)),
);

/** Gets the data of a view as somebody. */
async function read(user: string, path: string) {
  const own = { ...cookies.get(user) };
  const { body, statusCode } = await page.server.inject({ url: `/api/v1/${path}`, cookies: own });
  return { statusCode, body, data: JSON.parse(body) };
}

test.each([
  ['sales', { sales: 1, planned: false, services: 0 }],
  ['plans', { sales: 0, planned: false, services: 0 }],
  ['planned', { sales: 1, planned: true, services: 0 }],
  ['services', { sales: 0, planned: false, services: 1 }],
  ['all', { sales: 1, planned: true, services: 1 }],
])('who may list %s finds these in the lists, and nothing else', async (user, expected) => {
  const { sales } = (await read(user, 'calendar')).data;
  const { services } = (await read(user, 'services')).data;
  const planned = sales.some(({ salePlan }: { readonly salePlan?: string }) => salePlan !== undefined);
  expect({ sales: sales.length, planned, services: services.length }).toEqual(expected);
});

test('a sale has no plan, no service and no call for who may list FlashSales alone', async () => {
  const { statusCode, data, body } = await read('sales', `sales/${namespace}/drop`);
  expect(statusCode).toBe(200);
  expect(data).toMatchObject({ sale: 'drop', services: [], calls: { nodes: [], edges: [] } });
  expect(body).not.toContain('gateway');
});

test('a sale has its plan, and not what is measured, for who may not list ScalingTargets', async () => {
  const { data } = await read('planned', `sales/${namespace}/drop`);
  expect(data.services).toMatchObject([{ target: 'gateway' }]);
  expect(data.services[0]).not.toHaveProperty('readyNow');
  expect(data.calls.nodes).toEqual([]);
  expect((await read('all', `sales/${namespace}/drop`)).data.services[0]).toHaveProperty('readyNow');
});

test('a service does not tell its sales to who may list ScalingTargets alone', async () => {
  expect((await read('services', `services/${namespace}/gateway`)).data.sales).toEqual([]);
  expect((await read('all', `services/${namespace}/gateway`)).data.sales).toEqual(['drop-20261127-1900']);
});

test('the operator’s sources count the services that the viewer may list', async () => {
  const count = async (user: string) => (await read(user, 'operator')).data.sources[0].services;
  expect([await count('sales'), await count('services')]).toEqual([0, 1]);
});

test('what a week costs is for who may list ScalingPolicies', async () => {
  const money = async (user: string) => (await read(user, 'calendar')).data.weeks[0].money;
  expect(await money('all')).toEqual([]);
  expect(await money('priced')).toMatchObject([{ currency: 'EUR' }]);
});

test('the forecast of a sale is for who may list ScalingTargets', async () => {
  const limits = async (user: string) => (await read(user, `sales/${namespace}/drop`)).data.limits;
  expect(await limits('planned')).toBeUndefined();
  expect(await limits('all')).toHaveLength(1);
});

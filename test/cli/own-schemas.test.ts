import { afterEach, expect, test } from 'vitest';
import { readOwnSchemas } from '../../src/cli/own-schemas.ts';
import type { OwnSchema } from '../../src/observe/schemas/pruned-fields.ts';
import { openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

let shop: Shop;
afterEach(() => shop.close());

/** The schemas of a version that knows one more field of a ScalingTarget's status. */
const newer: readonly OwnSchema[] = readOwnSchemas().map(({ kind, schema }) => {
  if (kind !== 'ScalingTarget') return { kind, schema };
  const { properties = {} } = schema;
  const status = { ...properties.status, properties: { ...properties.status?.properties, memory: {} } };
  return { kind, schema: { ...schema, properties: { ...properties, status } } };
});

async function schemaSeenBy(ownSchemas: readonly OwnSchema[]) {
  shop = await openShop({ start: Date.parse('2026-11-27T12:00:00Z'), demand: shopDemand([]) });
  await shop.create(...service('gateway'));
  const operator = await shop.operator({ ownSchemas });
  await operator.whenLeading();
  await operator.idle();
  const { status } = shop.get(stored.targets, 'gateway') as unknown as {
    status: { conditions: readonly { type: string; status: string; reason: string; message: string }[] };
  };
  return status.conditions.find(({ type }) => type === 'SchemaCurrent');
}

test('an operator that is newer than the CRDs says so in each target and in its log', async () => {
  const told = await schemaSeenBy(newer);
  expect(told).toMatchObject({ status: 'False', reason: 'FieldsPruned' });
  expect(told?.message).toContain('drops ScalingTarget status.memory. Apply the CRDs');
  expect(shop.logged).toContainEqual(
    expect.objectContaining({
      level: 'warn',
      message: 'the CRDs are older than the operator',
      facts: expect.objectContaining({ missing: ['ScalingTarget status.memory'] }),
    }),
  );
});

test('an operator and CRDs of one version say nothing', async () => {
  expect(await schemaSeenBy(readOwnSchemas())).toMatchObject({ status: 'True', reason: 'FieldsKept' });
  expect(shop.logged.filter(({ message }) => message.includes('CRDs'))).toEqual([]);
});

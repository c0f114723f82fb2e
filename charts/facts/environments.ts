import { z } from 'zod';
import { type EnvironmentFacts, environmentSchema, type PreviewFacts, previewSchema } from './environment-schema.ts';

/**
 * The state of the migration: the percentage of its calls that a service answers itself; the monolith answers the rest.
 */
const migration = { catalog: 100, search: 100, users: 100, cart: 80, checkout: 60, orders: 60 };
const shards = { catalog: 2, inventory: 2, legacy: 1, orders: 4, payments: 1, users: 2 };
const oneShardEach = Object.fromEntries(Object.keys(shards).map(domain => [domain, 1]));

/** The permanent environments. */
export const environments: readonly EnvironmentFacts[] = z.array(environmentSchema).parse([
  {
    name: 'dev',
    stage: 'dev',
    namespace: 'marketplace-dev',
    sizePercent: 10,
    migration: { ...migration, cart: 100, checkout: 100, orders: 100 },
    shards: oneShardEach,
    domain: 'dev.shop.example',
  },
  {
    name: 'staging',
    stage: 'staging',
    namespace: 'marketplace-staging',
    sizePercent: 25,
    migration: { ...migration, cart: 100, checkout: 80 },
    shards: oneShardEach,
    domain: 'staging.shop.example',
    datadogSite: 'datadoghq.eu',
    mode: 'Apply',
  },
  {
    name: 'production',
    stage: 'production',
    namespace: 'marketplace',
    migration,
    shards,
    dataStores: 'External',
    nodeRoom: 'CapacityBuffer',
    limits: { 'partner-payments': 400 },
    domain: 'shop.example',
    datadogSite: 'datadoghq.eu',
    mode: 'Apply',
    approval: { abovePeakPercent: 2000, aboveExtraReplicas: 600 },
  },
  {
    name: 'demo',
    stage: 'demo',
    namespace: 'marketplace-demo',
    sizePercent: 25,
    migration,
    shards: oneShardEach,
    domain: 'demo.shop.example',
    mode: 'Apply',
  },
]);

/** Short-lived environments: a preview is one entry here, and one line in images.yaml per image that differs. */
export const previews: readonly PreviewFacts[] = z.array(previewSchema).parse([
  { name: 'search-ranking', like: 'production' },
  { name: 'one-page-checkout', like: 'production' },
]);

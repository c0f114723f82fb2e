import { expect, test } from 'vitest';
import type { Facts, ServiceFacts } from '../../../../charts/facts/facts-schema.ts';
import { findProblems } from '../../../../charts/facts/problems/find-problems.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';

const own = readOwnFacts();

test.each<[string, Facts, unknown]>([
  [
    'a partner that cannot be reached',
    service('payments', { egress: [] }),
    [
      'service payments: uses partner-payments and could not reach it: add its host and port to egress, with for: partner-payments',
    ],
  ],
  [
    'a way out to a partner that is not used',
    service('cart', { egress: [{ host: 'api.bank.example', port: 443, for: 'partner-bank' }] }),
    ['service cart: egress to api.bank.example is for partner-bank, which it does not use'],
  ],
  [
    'pods larger than any node',
    service('cart', { resources: { cpuMillicores: 40_000, memoryMebibytes: 256 } }),
    ['service cart: cpuMillicores 40000 fits no node: the largest leaves 27200 to pods'],
  ],
  [
    'more connections a replica than the store has',
    service('users', { uses: [{ limit: 'postgres-users', perReplica: 190 }] }),
    expect.arrayContaining([
      'environment demo: users keeps 190 connections a replica to postgres-users, which serves 180',
      'environment demo: postgres-users gets 3420 connections at the ceilings; its poolers take 2000',
    ]),
  ],
  [
    'stores without a place for their credentials',
    { ...own, secretStore: undefined },
    expect.arrayContaining([
      'environment dev: elasticsearch-products, redis-cart take their credentials from a secret store: state secretStore',
    ]),
  ],
  [
    'the size of a store that nobody uses',
    { ...own, stores: { ...own.stores, 'redis-crat': {} } },
    ['stores redis-crat: no service uses it; did you mean "redis-cart"?'],
  ],
])('%s: told before anything is synthesized', (_title, facts, problems) => {
  expect(findProblems(facts).map(({ message }) => message)).toEqual(problems);
});

function service(name: string, change: Partial<ServiceFacts>): Facts {
  return { ...own, services: own.services.map(each => (each.name === name ? { ...each, ...change } : each)) };
}

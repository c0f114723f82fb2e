import { expect, test } from 'vitest';
import { type EnvironmentFacts, environmentSchema } from '../../../../charts/facts/environment-schema.ts';
import type { Facts, ServiceFacts } from '../../../../charts/facts/facts-schema.ts';
import { findProblems } from '../../../../charts/facts/problems/find-problems.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';

const own = readOwnFacts();

test.each(['shop..example', '-shop.example', 'shop.example-', 'Shop.example', `${'a'.repeat(64)}.example`])(
  '%s is no domain',
  domain => {
    expect(() => environmentSchema.parse({ name: 'a', stage: 'dev', namespace: 'a', domain })).toThrow(
      'must be a domain, such as shop.example',
    );
  },
);

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
    'a store that is counted in requests',
    service('catalog', { uses: [{ limit: 'postgres-catalog', perThousandRequests: 10 }] }),
    expect.arrayContaining([
      'service catalog: uses postgres-catalog by perThousandRequests: state the connections of each replica as perReplica',
    ]),
  ],
  [
    'a threshold of approval that no plan can exceed',
    environment('production', { approval: { aboveExtraReplicas: 5000 } }),
    [
      expect.stringMatching(
        /^environment production: approval.aboveExtraReplicas 5000 asks nobody: all ceilings together add \d+ replicas$/,
      ),
    ],
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
    "a namespace of the cluster's own",
    environment('demo', { namespace: 'kube-public' }),
    ['environment demo: namespace kube-public belongs to another system'],
  ],
  [
    'two environments with one domain',
    environment('demo', { domain: 'shop.example' }),
    ['environments shop.example: is the domain of two environments'],
  ],
  [
    'no entry point',
    service('gateway', { entryPoint: false }),
    ['no service is an entryPoint: mark the one where the traffic of a sale enters'],
  ],
  [
    'a volume that the charts have already',
    service('cart', { volumes: [{ name: 'tmp', mountPath: '/scratch', from: { emptyMebibytes: 1 } }] }),
    ['service cart: volume tmp is there already'],
  ],
  [
    'the size of a store that nobody uses',
    { ...own, stores: { ...own.stores, 'redis-crat': {} } },
    ['stores redis-crat: no service uses it; did you mean "redis-cart"?'],
  ],
])('%s: told before anything is synthesized', (_title, facts, problems) => {
  expect(findProblems(facts).map(({ message }) => message)).toEqual(problems);
});

function environment(name: string, change: Partial<EnvironmentFacts>): Facts {
  return { ...own, environments: own.environments.map(each => (each.name === name ? { ...each, ...change } : each)) };
}

function service(name: string, change: Partial<ServiceFacts>): Facts {
  return { ...own, services: own.services.map(each => (each.name === name ? { ...each, ...change } : each)) };
}

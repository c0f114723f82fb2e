import { clientsPerPooler, type DataStore, dataStoresOf, reservedConnections, storeName } from '../data-stores.ts';
import type { EnvironmentFacts } from '../environment-schema.ts';
import type { Facts } from '../facts-schema.ts';
import { sizeReplicas } from '../sized-service.ts';
import { didYouMean } from './closest-word.ts';
import type { Problem } from './problem.ts';

/** Sizes of stores that nobody uses. */
export function storeProblems({ services, stores }: Facts): readonly Problem[] {
  const used = [...new Set(services.flatMap(service => service.uses.map(use => use.limit)))];
  return Object.keys(stores)
    .filter(name => !used.includes(name))
    .map(name => ({ path: ['stores', name], message: `stores ${name}: no service uses it${didYouMean(name, used)}` }));
}

/** What one environment asks of its stores that they cannot give, one sentence each. */
export function storesInProblems(environment: EnvironmentFacts, facts: Facts): readonly string[] {
  const stores = dataStoresOf(environment, facts);
  const isExternal = environment.dataStores === 'External';
  const needsSecrets = stores.filter(({ kind, keepsData }) => isExternal || (kind !== 'postgres' && keepsData));
  return [
    ...(facts.secretStore === undefined && needsSecrets.length > 0
      ? [`${needsSecrets.map(storeName).join(', ')} take their credentials from a secret store: state secretStore`]
      : []),
    ...(isExternal
      ? []
      : stores
          .filter(({ kind }) => kind === 'postgres')
          .flatMap(store => connectionProblems(store, environment, facts))),
  ];
}

/** Every replica keeps its connections to each shard; the poolers share the server's connections among them. */
function connectionProblems(store: DataStore, environment: EnvironmentFacts, { services }: Facts): readonly string[] {
  const name = storeName(store);
  const most = store.instances * clientsPerPooler;
  const clients = store.users.reduce((sum, { service, perReplica }) => {
    const facts = services.find(each => each.name === service);
    return sum + (facts === undefined ? 0 : sizeReplicas(facts, environment).ceiling * perReplica);
  }, 0);
  const served = store.maxConnections - reservedConnections;
  return [
    ...(clients > most ? [`${name} gets ${clients} connections at the ceilings; its poolers take ${most}`] : []),
    ...store.users
      .filter(({ perReplica }) => perReplica > served)
      .map(
        ({ service, perReplica }) =>
          `${service} keeps ${perReplica} connections a replica to ${name}, which serves ${served}`,
      ),
  ];
}

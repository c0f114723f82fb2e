import { k8s } from 'cdk8s-plus-27';
import { type DataStore, shardNames, storeName } from '../../facts/data-stores.ts';
import { selectorOf } from '../pods/labels.ts';

/** The port of each kind of store. */
export const storePorts = { postgres: 5432, redis: 6379, elasticsearch: 9200 } as const;

/** The ports of a PostgreSQL's and a pooler's metrics. */
const metricsPorts = [9187, 9127] as const;

const operatorNamespaces = {
  postgres: 'cnpg-system',
  redis: 'redis-operator',
  elasticsearch: 'elastic-system',
} as const;
const port = (number: number, protocol: 'TCP' | 'UDP' = 'TCP') => ({
  protocol,
  port: k8s.IntOrString.fromNumber(number),
});

/** The labels that a store's operator gives its pods. */
export function storeSelector(store: DataStore): k8s.LabelSelector {
  switch (store.kind) {
    case 'postgres':
      return { matchExpressions: [{ key: 'cnpg.io/cluster', operator: 'In', values: [...shardNames(store)] }] };
    case 'redis': {
      const name = storeName(store);
      return store.keepsData
        ? { matchExpressions: [{ key: 'app', operator: 'In', values: [name, `${name}-sentinel`] }] }
        : { matchLabels: selectorOf(name) };
    }
    case 'elasticsearch':
      return { matchLabels: { 'elasticsearch.k8s.elastic.co/cluster-name': `elasticsearch-${store.domain}` } };
  }
}

/**
 * A store's network policy: ingress from the services that use it, from its own pods and its operator; egress to its
 * own pods, DNS and the API server.
 */
export function storeNetworkPolicy(store: DataStore): k8s.NetworkPolicySpec {
  const own = { podSelector: storeSelector(store) };
  const users = store.users.map(({ service }) => ({ podSelector: { matchLabels: selectorOf(service) } }));
  const operator = store.keepsData ? operatorNamespaces[store.kind] : undefined;
  return {
    podSelector: own.podSelector,
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: users, ports: [port(storePorts[store.kind])] },
      { from: [own] },
      ...(operator === undefined ? [] : [{ from: [{ namespaceSelector: named(operator) }] }]),
      ...(store.kind === 'postgres'
        ? [{ from: [{ namespaceSelector: named('monitoring') }], ports: metricsPorts.map(number => port(number)) }]
        : []),
    ],
    egress: [
      { ports: [port(53, 'UDP'), port(53)] },
      { to: [own] },
      ...(operator === undefined || store.kind === 'redis' ? [] : [{ ports: [port(443), port(6443)] }]),
    ],
  };
}

/** The egress rules of a service for the stores that it uses. */
export function storeEgress(
  uses: readonly { readonly limit: string }[],
  stores: readonly DataStore[],
  isInCluster: boolean,
): readonly k8s.NetworkPolicyEgressRule[] {
  const used = stores.filter(store => uses.some(use => use.limit === `${store.kind}-${store.domain}`));
  return used.map(store => ({
    ...(isInCluster ? { to: [{ podSelector: storeSelector(store) }] } : {}),
    ports: [port(storePorts[store.kind])],
  }));
}

function named(namespace: string): k8s.LabelSelector {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}

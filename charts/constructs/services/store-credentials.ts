import type { k8s } from 'cdk8s-plus-27';
import type { DataStore } from '../../facts/data-stores.ts';
import { storeName } from '../../facts/data-stores.ts';
import type { SizedService } from '../../facts/sized-service.ts';
import { shardMapName } from '../stores/shard-map.ts';
import { credentialFiles, storeAddress } from '../stores/store-access.ts';

/**
 * The credentials of the stores that a service uses, as files such as `/etc/stores/postgres-orders-0/password`. Inside
 * the cluster CloudNativePG writes them for each of its databases; all others come from the secret store.
 */
export function storeCredentials(service: SizedService) {
  const files = usedStores(service).flatMap(store => credentialFiles(store, service.environment));
  const volumes: readonly k8s.Volume[] =
    files.length === 0
      ? []
      : [
          {
            name: 'stores',
            projected: {
              sources: [...Map.groupBy(files, ({ secret }) => secret)].map(([name, items]) => ({
                secret: { name, items: items.map(({ key, path }) => ({ key, path })) },
              })),
            },
          },
        ];
  const mounts = volumes.map(({ name }) => ({ name, mountPath: '/etc/stores', readOnly: true }));
  return { volumes, mounts };
}

/** The addresses of those stores: `POSTGRES_ORDERS_SHARDS` and its kin from the shard map, `REDIS_CART_ADDRESS`. */
export function storeAddresses(service: SizedService) {
  const stores = usedStores(service);
  return {
    maps: stores
      .filter(({ kind }) => kind === 'postgres')
      .map(store => ({
        prefix: `${variable(store)}_`,
        configMapRef: { name: shardMapName(store, service.environment) },
      })),
    variables: stores
      .filter(({ kind }) => kind !== 'postgres')
      .map(store => ({ name: `${variable(store)}_ADDRESS`, value: storeAddress(store, service.environment) })),
  };
}

function usedStores({ facts, stores }: SizedService): readonly DataStore[] {
  return stores.filter(store => store.users.some(user => user.service === facts.name));
}

function variable(store: DataStore): string {
  return storeName(store).toUpperCase().replaceAll('-', '_');
}

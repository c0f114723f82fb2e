import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type DataStore, shardNames, storeName } from '../../facts/data-stores.ts';

export interface ExternalStoreProps {
  readonly store: DataStore;
  /** The domain of the stores' host names. */
  readonly domain: string;
}

/** The names of a store that runs elsewhere, one a database, like those of a store inside the cluster. */
export class ExternalStore extends Construct {
  constructor(scope: Construct, id: string, { store, domain }: ExternalStoreProps) {
    super(scope, id);
    const hosts = store.kind === 'postgres' ? shardNames(store) : [storeName(store)];
    for (const host of hosts) {
      new k8s.KubeService(this, host, {
        // Elastic's operator names the service of an index this way.
        metadata: { name: store.kind === 'elasticsearch' ? `${host}-es-http` : host },
        spec: { type: 'ExternalName', externalName: `${host}.data.${domain}` },
      });
    }
  }
}

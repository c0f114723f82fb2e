import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type DataStore, shardNames } from '../../facts/data-stores.ts';
import { shardMap } from './postgres-database.ts';

export interface ExternalStoreProps {
  readonly store: DataStore;
  /** The environment whose secrets are used. */
  readonly environment: string;
  /** The domain of the stores' host names. */
  readonly domain: string;
  /** @default 'marketplace' */
  readonly secretStore?: string;
}

/**
 * A store that runs elsewhere, under the same name as one inside the cluster; its credentials come from the secret
 * store.
 */
export class ExternalStore extends Construct {
  constructor(scope: Construct, id: string, props: ExternalStoreProps) {
    super(scope, id);
    const { store, environment, domain, secretStore = 'marketplace' } = props;
    const name = `${store.kind}-${store.domain}`;
    const hosts = store.kind === 'postgres' ? shardNames(store) : [name];
    for (const host of hosts) {
      new k8s.KubeService(this, host, {
        // Elastic's operator names the service of an index this way.
        metadata: { name: store.kind === 'elasticsearch' ? `${host}-es-http` : host },
        spec: { type: 'ExternalName', externalName: `${host}.data.${domain}` },
      });
    }
    new ApiObject(this, 'credentials', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: `${name}-credentials` },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: 'ClusterSecretStore', name: secretStore },
        target: { name: `${name}-credentials`, creationPolicy: 'Owner' },
        dataFrom: [{ extract: { key: `${environment}/${name}` } }],
      },
    });
    if (store.kind === 'postgres')
      shardMap(
        this,
        store,
        hosts.map(host => `${host}:5432`),
      );
  }
}

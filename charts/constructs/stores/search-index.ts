import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type DataStore, storeName } from '../../facts/data-stores.ts';
import { priorityClassName } from '../pods/priority.ts';
import { resourcesFor } from '../pods/resources.ts';
import { restrictedContainer } from '../pods/restricted.ts';
import { kept } from './kept.ts';
import { CopiedSecret } from './secret-store.ts';
import { credentialsSecret } from './store-access.ts';
import { storeNetworkPolicy } from './store-network-policy.ts';

const role = 'shop';

/**
 * The user of an index as Elastic's operator reads it from a Secret, with the password of the secret store. Its role
 * may read, write and create indices, and administers nothing.
 */
const user: Readonly<Record<string, string>> = {
  username: '{{ .username }}',
  password: '{{ .password }}',
  roles: role,
};
const roles = `${role}:
  indices:
    - names: ['*']
      privileges: [read, write, create_index, view_index_metadata]
`;

export interface SearchIndexProps {
  readonly store: DataStore;
  /** The entry of its user in the secret store, with `username` and `password`. */
  readonly secretKey: string;
  /** @default '9.1.2' */
  readonly version?: string;
}

/** The search index of one domain, run by the Elastic operator. Its search threads are a shared limit of the plan. */
export class SearchIndex extends Construct {
  constructor(scope: Construct, id: string, { store, secretKey, version = '9.1.2' }: SearchIndexProps) {
    super(scope, id);
    const name = storeName(store);
    new k8s.KubeNetworkPolicy(this, 'network-policy', { metadata: { name }, spec: storeNetworkPolicy(store) });
    // Elastic's operator reads both from Secrets alone.
    const secret = { key: secretKey, type: 'kubernetes.io/basic-auth', template: user };
    new CopiedSecret(this, 'user', { ...secret, secret: credentialsSecret(store) });
    new CopiedSecret(this, 'roles', { key: secretKey, secret: `${name}-roles`, template: { 'roles.yml': roles } });
    new ApiObject(this, 'index', {
      apiVersion: 'elasticsearch.k8s.elastic.co/v1',
      kind: 'Elasticsearch',
      metadata: { name, annotations: kept },
      spec: {
        version,
        auth: { fileRealm: [{ secretName: credentialsSecret(store) }], roles: [{ secretName: `${name}-roles` }] },
        volumeClaimDeletePolicy: 'DeleteOnScaledownOnly',
        nodeSets: [
          {
            name: 'default',
            count: store.instances,
            config: { 'node.store.allow_mmap': false },
            podTemplate: { spec: podSpec(store) },
            volumeClaimTemplates: [
              {
                metadata: { name: 'elasticsearch-data' },
                spec: {
                  accessModes: ['ReadWriteOnce'],
                  resources: { requests: { storage: `${store.storageGibibytes}Gi` } },
                },
              },
            ],
          },
        ],
      },
    });
  }
}

function podSpec({ shop, size }: DataStore) {
  return {
    priorityClassName: priorityClassName('Data', shop),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [{ name: 'elasticsearch', securityContext: restrictedContainer, resources: resourcesFor(size) }],
  };
}

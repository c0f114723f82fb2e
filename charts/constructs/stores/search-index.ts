import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type DataStore, partSizes } from '../../facts/data-stores.ts';
import { restrictedContainer } from '../pods/restricted.ts';
import { storeNetworkPolicy } from './store-network-policy.ts';

export interface SearchIndexProps {
  readonly store: DataStore;
  readonly nodes: number;
  /** @default '9.1.2' */
  readonly version?: string;
  /** Storage per node. @default '20Gi' */
  readonly storage?: string;
}

/** The search index of one domain, run by the Elastic operator. Its search threads are a shared limit of the plan. */
export class SearchIndex extends Construct {
  constructor(scope: Construct, id: string, { store, nodes, version = '9.1.2', storage = '20Gi' }: SearchIndexProps) {
    super(scope, id);
    const { cpuMillicores, memoryMebibytes } = partSizes.elasticsearch;
    new k8s.KubeNetworkPolicy(this, 'network-policy', {
      metadata: { name: `elasticsearch-${store.domain}` },
      spec: storeNetworkPolicy(store),
    });
    new ApiObject(this, 'index', {
      apiVersion: 'elasticsearch.k8s.elastic.co/v1',
      kind: 'Elasticsearch',
      metadata: { name: `elasticsearch-${store.domain}` },
      spec: {
        version,
        nodeSets: [
          {
            name: 'default',
            count: nodes,
            config: { 'node.store.allow_mmap': false },
            podTemplate: {
              spec: {
                securityContext: {
                  runAsNonRoot: true,
                  runAsUser: 1000,
                  fsGroup: 1000,
                  seccompProfile: { type: 'RuntimeDefault' },
                },
                containers: [
                  {
                    name: 'elasticsearch',
                    securityContext: restrictedContainer,
                    resources: {
                      requests: { cpu: `${cpuMillicores}m`, memory: `${memoryMebibytes}Mi` },
                      limits: { memory: `${memoryMebibytes}Mi` },
                    },
                  },
                ],
              },
            },
            volumeClaimTemplates: [
              {
                metadata: { name: 'elasticsearch-data' },
                spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
              },
            ],
          },
        ],
      },
    });
  }
}

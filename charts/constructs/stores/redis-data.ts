import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type DataStore, sentinelSize, sentinels, storeName } from '../../facts/data-stores.ts';
import { priorityClassName } from '../pods/priority.ts';
import { resourcesFor } from '../pods/resources.ts';
import { restrictedContainer, restrictedPod } from '../pods/restricted.ts';
import { kept } from './kept.ts';
import { credentialsSecret } from './store-access.ts';
import { storeNetworkPolicy } from './store-network-policy.ts';

const apiVersion = 'redis.redis.opstreelabs.in/v1beta2';

export interface RedisDataProps {
  readonly store: DataStore;
  /** @default 'quay.io/opstree/redis:v8.2.1' */
  readonly image?: string;
  /** @default 'quay.io/opstree/redis-sentinel:v8.2.1' */
  readonly sentinelImage?: string;
}

/**
 * A Redis that is the only place of what it holds: on disk, with a password and, where it has several instances,
 * replicated, with sentinels that promote a replica. Run by the Redis operator.
 */
export class RedisData extends Construct {
  constructor(scope: Construct, id: string, props: RedisDataProps) {
    super(scope, id);
    const {
      store,
      image = 'quay.io/opstree/redis:v8.2.1',
      sentinelImage = 'quay.io/opstree/redis-sentinel:v8.2.1',
    } = props;
    const name = storeName(store);
    const redisSecret = { name: credentialsSecret(store), key: 'password' };
    const pods = {
      podSecurityContext: restrictedPod,
      securityContext: { ...restrictedContainer, readOnlyRootFilesystem: false },
      priorityClassName: priorityClassName('Data', store.shop),
    };
    new ApiObject(this, 'replication', {
      apiVersion,
      kind: 'RedisReplication',
      metadata: { name, annotations: kept },
      spec: {
        clusterSize: store.instances,
        kubernetesConfig: {
          image,
          redisSecret,
          resources: resourcesFor(store.size),
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        },
        // Never drop a key to make room: refuse the write, which the caller sees.
        redisConfig: {
          maxMemoryPercentOfLimit: 75,
          dynamicConfig: ['appendonly yes', 'appendfsync everysec', 'maxmemory-policy noeviction'],
        },
        storage: {
          keepAfterDelete: true,
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: `${store.storageGibibytes}Gi` } },
            },
          },
        },
        pdb: { enabled: store.instances > 1, maxUnavailable: 1 },
        ...pods,
      },
    });
    if (store.instances > 1) {
      new ApiObject(this, 'sentinel', {
        apiVersion,
        kind: 'RedisSentinel',
        metadata: { name },
        spec: {
          clusterSize: sentinels,
          kubernetesConfig: { image: sentinelImage, redisSecret, resources: resourcesFor(sentinelSize) },
          redisSentinelConfig: {
            redisReplicationName: name,
            redisReplicationPassword: { secretKeyRef: redisSecret },
            quorum: '2',
          },
          pdb: { enabled: true, maxUnavailable: 1 },
          ...pods,
        },
      });
    }
    new k8s.KubeNetworkPolicy(this, 'network-policy', { metadata: { name }, spec: storeNetworkPolicy(store) });
  }
}

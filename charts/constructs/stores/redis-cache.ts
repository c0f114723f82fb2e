import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { DataStore } from '../../facts/data-stores.ts';
import { selectorOf } from '../pods/labels.ts';
import { priorityClassName } from '../pods/priority.ts';
import { typedResourcesFor } from '../pods/resources.ts';
import { restrictedContainer, restrictedPod } from '../pods/restricted.ts';
import { storeNetworkPolicy, storePorts } from './store-network-policy.ts';

const port = storePorts.redis;

export interface RedisCacheProps {
  readonly store: DataStore;
  /** @default 'redis:8.2.1' */
  readonly image?: string;
  /** Memory for data, in percent of the memory limit; the rest is for buffers and copy-on-write. @default 75 */
  readonly maxMemoryPercent?: number;
  /** @default 'allkeys-lfu', which keeps what a sale reads most */
  readonly evictionPolicy?: 'allkeys-lfu' | 'allkeys-lru' | 'volatile-ttl';
}

/** A cache of one domain in front of its database: losing it makes requests slower and loses no data. */
export class RedisCache extends Construct {
  constructor(scope: Construct, id: string, props: RedisCacheProps) {
    super(scope, id);
    const name = `redis-${props.store.domain}`;
    const selector = selectorOf(name);

    new k8s.KubeService(this, 'service', {
      metadata: { name },
      spec: { selector, ports: [{ name: 'redis', port, targetPort: k8s.IntOrString.fromString('redis') }] },
    });
    new k8s.KubeStatefulSet(this, 'stateful-set', {
      metadata: { name },
      spec: {
        serviceName: name,
        replicas: 1,
        selector: { matchLabels: selector },
        template: { metadata: { labels: selector }, spec: podSpec(props) },
      },
    });
    new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
      metadata: { name },
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: selector } },
    });
    new k8s.KubeNetworkPolicy(this, 'network-policy', { metadata: { name }, spec: storeNetworkPolicy(props.store) });
  }
}

function podSpec(props: RedisCacheProps): k8s.PodSpec {
  const { image = 'redis:8.2.1', maxMemoryPercent = 75, evictionPolicy = 'allkeys-lfu' } = props;
  const { size } = props.store;
  const maxMemory = Math.floor((size.memoryMebibytes * maxMemoryPercent) / 100);
  const ping: k8s.Probe = { tcpSocket: { port: k8s.IntOrString.fromString('redis') }, periodSeconds: 5 };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: priorityClassName('Data', props.store.shop),
    securityContext: restrictedPod,
    containers: [
      {
        name: 'redis',
        image,
        args: [
          '--maxmemory',
          `${maxMemory}mb`,
          '--maxmemory-policy',
          evictionPolicy,
          '--save',
          '',
          '--appendonly',
          'no',
        ],
        ports: [{ name: 'redis', containerPort: port }],
        resources: typedResourcesFor(size),
        readinessProbe: ping,
        livenessProbe: { ...ping, periodSeconds: 10, failureThreshold: 6 },
        securityContext: restrictedContainer,
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volumes: [{ name: 'data', emptyDir: { sizeLimit: k8s.Quantity.fromString('64Mi') } }],
  };
}

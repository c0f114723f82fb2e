import { k8s, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { deadlineMs, tryMs } from '../../facts/call-budgets.ts';
import { metricsPortOf } from '../../facts/metrics-port.ts';
import type { SizedService } from '../../facts/sized-service.ts';
import { edgeProxy } from '../pods/edge-proxy.ts';
import { podLabelsOf, selectorOf } from '../pods/labels.ts';
import { priorityClassName } from '../pods/priority.ts';
import { probesOf } from '../pods/probes.ts';
import { restrictedContainer, restrictedPod } from '../pods/restricted.ts';
import { containerOf, discoveryOf, environmentOf } from './pod-discovery.ts';
import { accountAnnotations, diskRequest, statedContainer, statedPod, statedVolumes } from './stated-pod.ts';
import { storeAddresses, storeCredentials } from './store-credentials.ts';
import { pageFiles } from './storefront-cache.ts';

/** Seconds that a stopping pod still serves, until load balancers have stopped sending requests to it. */
const drainSeconds = 10;

const percent = (value: number) => k8s.IntOrString.fromString(`${value}%`);

/** The pods of a service: account, Deployment without `replicas` (the HPA sets them), disruption budget. */
export class WorkloadConstruct extends Construct {
  constructor(scope: Construct, id: string, service: SizedService) {
    super(scope, id);
    const { name, startupSeconds } = service.facts;
    const selector = { matchLabels: selectorOf(name) };
    const proxy = proxyOf(service);

    new ServiceAccount(this, 'account', {
      metadata: { name, ...accountAnnotations(service.facts) },
    });
    new DrainingDeployment(this, 'deployment', {
      metadata: { name },
      spec: {
        selector,
        // Twice what the startup probe allows, so that only a rollout that makes no progress counts as failed.
        progressDeadlineSeconds: Math.max(600, 6 * startupSeconds),
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: percent(0), maxSurge: percent(25) } },
        template: {
          metadata: {
            labels: { ...podLabelsOf(service), ...proxy?.labels },
            annotations: { ...discoveryOf(service), ...proxy?.annotations },
          },
          spec: podSpec(service),
        },
      },
    });
    new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
      metadata: { name },
      spec: {
        maxUnavailable: percent(service.facts.tier === 'Critical' ? 10 : 25),
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector,
      },
    });
  }
}

/**
 * A Deployment whose pods go on serving until they are out of the load balancers. Patched in, since cdk8s-plus-27 does
 * not know `sleep` and drops it.
 */
class DrainingDeployment extends k8s.KubeDeployment {
  override toJson() {
    const manifest = super.toJson();
    for (const container of manifest.spec.template.spec.containers) {
      container.lifecycle = { preStop: { sleep: { seconds: drainSeconds } } };
    }
    return manifest;
  }
}

function podSpec(service: SizedService): k8s.PodSpec {
  const { facts } = service;
  const proxy = proxyOf(service);
  const pages = pagesOf(service);
  const addresses = storeAddresses(service);
  const credentials = storeCredentials(service);
  const stated = statedVolumes(facts);
  const memory = k8s.Quantity.fromString(`${facts.resources.memoryMebibytes}Mi`);
  return {
    ...statedPod(facts),
    serviceAccountName: facts.name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: priorityClassName(facts.tier, service.shop.name),
    securityContext: proxy?.securityContext ?? restrictedPod,
    terminationGracePeriodSeconds: drainSeconds + 35,
    topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(topologyKey => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: selectorOf(facts.name) },
      // Spread the pods of a rollout among themselves, without counting the old ones.
      matchLabelKeys: ['pod-template-hash'],
    })),
    containers: [
      {
        name: containerOf(facts),
        image: service.image,
        ports: [...facts.ports, ...(proxy?.ports ?? []), metricsPortOf(facts)].map(({ name, port }) => ({
          name,
          containerPort: port,
        })),
        ...statedContainer(facts, {
          env: [...environmentOf(service), ...deadlinesOf(service), ...addresses.variables],
          envFrom: [...settingsOf(service), ...addresses.maps],
        }),
        resources: {
          requests: {
            cpu: k8s.Quantity.fromString(`${facts.resources.cpuMillicores}m`),
            memory,
            ...diskRequest(facts, pages),
          },
          limits: { memory },
        },
        ...probesOf(facts),
        securityContext: restrictedContainer,
        volumeMounts: [
          { name: 'tmp', mountPath: '/tmp' },
          ...(pages === undefined ? [] : [{ name: pages.name, mountPath: pages.mountPath }]),
          ...credentials.mounts,
          ...(proxy?.mounts ?? []),
          ...stated.mounts,
        ],
      },
    ],
    volumes: [
      { name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString('256Mi') } },
      ...credentials.volumes,
      ...(proxy?.volumes ?? []),
      ...stated.volumes,
      ...(pages === undefined
        ? []
        : [{ name: pages.name, emptyDir: { sizeLimit: k8s.Quantity.fromString(`${pages.mebibytes}Mi`) } }]),
    ],
  };
}

/** The deadline of a request, and what one try of a call to another service may take of it. */
function deadlinesOf({ facts, calls }: SizedService): k8s.EnvVar[] {
  if (facts.role === 'Gateway') return [];
  return [
    { name: 'REQUEST_DEADLINE_MS', value: String(deadlineMs(facts)) },
    ...(calls.length === 0 ? [] : [{ name: 'CLIENT_TRY_TIMEOUT_MS', value: String(tryMs(facts)) }]),
  ];
}

/** What the pods of a Gateway have besides; undefined for all others. */
function proxyOf({ facts }: SizedService): typeof edgeProxy | undefined {
  return facts.role === 'Gateway' ? edgeProxy : undefined;
}

/** The files of a storefront that shares no Redis; undefined for all others. */
function pagesOf({ facts }: SizedService): typeof pageFiles | undefined {
  const hasRedis = facts.uses.some(({ limit }) => limit.startsWith('redis-'));
  return facts.role === 'Storefront' && !hasRedis ? pageFiles : undefined;
}

/** The shared settings of a service: the client policy, and the cache's of a storefront. */
function settingsOf({ facts }: SizedService): k8s.EnvFromSource[] {
  const names = ['client-policy', ...(facts.role === 'Storefront' ? ['storefront-cache'] : [])];
  return names.map(name => ({ configMapRef: { name } }));
}

import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { SizedService } from '../facts/sized-service.ts';
import { podLabelsOf, selectorOf } from './labels.ts';
import { priorityClassName } from './priority.ts';
import { probesOf } from './probes.ts';
import { restrictedContainer, restrictedPod } from './restricted.ts';

const percent = (value: number) => k8s.IntOrString.fromString(`${value}%`);

/** The pods of a service and what keeps them: account, Deployment without `replicas` (they are the HPA's), disruption budget. */
export class Workload extends Construct {
  constructor(scope: Construct, id: string, service: SizedService) {
    super(scope, id);
    const { name } = service.facts;
    const selector = { matchLabels: selectorOf(name) };

    new k8s.KubeServiceAccount(this, 'account', { metadata: { name }, automountServiceAccountToken: false });
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name },
      spec: {
        selector,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: percent(0), maxSurge: percent(25) } },
        template: {
          metadata: { labels: podLabelsOf(service), annotations: discoveryOf(service) },
          spec: podSpec(service),
        },
      },
    });
    new ApiObject(this, 'disruption-budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name },
      spec: {
        maxUnavailable: service.facts.tier === 'Critical' ? '10%' : '25%',
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector,
      },
    });
  }
}

function podSpec(service: SizedService): k8s.PodSpec {
  const { facts } = service;
  const memory = k8s.Quantity.fromString(`${facts.resources.memoryMebibytes}Mi`);
  return {
    serviceAccountName: facts.name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: priorityClassName(facts.tier),
    securityContext: restrictedPod,
    terminationGracePeriodSeconds: 45,
    topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(topologyKey => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: selectorOf(facts.name) },
    })),
    containers: [
      {
        name: facts.name,
        image: service.image,
        ports: facts.ports.map(({ name, port }) => ({ name, containerPort: port })),
        env: environmentOf(),
        envFrom: settingsOf(service),
        resources: {
          requests: { cpu: k8s.Quantity.fromString(`${facts.resources.cpuMillicores}m`), memory },
          limits: { memory },
        },
        ...probesOf(facts),
        securityContext: restrictedContainer,
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      },
    ],
    volumes: [{ name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString('256Mi') } }],
  };
}

/** The shared client policy, the shard maps of the databases that it uses, and the storefront's cache settings. */
function settingsOf({ facts, stores }: SizedService): k8s.EnvFromSource[] {
  const maps = stores
    .filter(store => store.kind === 'postgres' && store.users.some(user => user.service === facts.name))
    .map(store => `postgres-${store.domain}-shards`);
  const names = ['client-policy', ...maps, ...(facts.role === 'Storefront' ? ['storefront-cache'] : [])];
  return names.map(name => ({ configMapRef: { name } }));
}

/** Datadog's three unified tags, read from the pod's own labels so that they are written once. */
function environmentOf(): k8s.EnvVar[] {
  return ['env', 'service', 'version'].map(tag => ({
    name: `DD_${tag.toUpperCase()}`,
    valueFrom: { fieldRef: { fieldPath: `metadata.labels['tags.datadoghq.com/${tag}']` } },
  }));
}

/** Where agents find the metrics of a pod. */
function discoveryOf({ facts, environment }: SizedService): Record<string, string> {
  const check = {
    openmetrics: { instances: [{ openmetrics_endpoint: 'http://%%host%%:9464/metrics', metrics: ['.*'] }] },
  };
  return {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9464',
    ...(environment.datadogSite === undefined
      ? {}
      : { [`ad.datadoghq.com/${facts.name}.checks`]: JSON.stringify(check) }),
  };
}

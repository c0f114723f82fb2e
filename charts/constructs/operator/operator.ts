import { createHash } from 'node:crypto';
import { Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type OperatorFacts, operatorSchema } from '../../facts/clusters/operator-schema.ts';
import { operatorMetrics } from '../monitoring/datadog-monitors.ts';
import { datadogDiscovery } from '../pods/datadog-discovery.ts';
import { restrictedContainer, restrictedPod } from '../pods/restricted.ts';
import { operatorCredentials } from './operator-credentials.ts';
import { OperatorRoles } from './operator-roles.ts';

export interface OperatorProps {
  readonly image: string;
  /** @default 'headstart-system' */
  readonly namespace?: string;
  /** Number of replicas: one leads, the others wait. @default 2 */
  readonly replicas?: number;
  /** What is set beside what this construct sets itself. @default the sources of the facts' schema */
  readonly settings?: OperatorFacts;
  /** Whether Datadog reads the operator's metrics. @default false */
  readonly isInDatadog?: boolean;
  /**
   * The secret whose keys are files below /etc/headstart-credentials, for the `…File` settings of metric sources; it may be
   * absent. Made by hand, or by the ExternalSecret in the folder `credentials`. @default 'headstart-credentials'
   */
  readonly credentialsSecret?: string;
}

const name = 'headstart';
const settingsPath = '/etc/headstart/settings.yaml';
const healthPort = 8081;
const metricsPort = 8080;
const discovery = datadogDiscovery({
  container: 'operator',
  port: metricsPort,
  namespace: 'headstart',
  rawMetricPrefix: 'headstart_',
  metrics: operatorMetrics,
});
const selector = { 'app.kubernetes.io/name': name };
const port = (number: number) => k8s.IntOrString.fromNumber(number);

/** The operator's installation: namespace, permissions, settings, two replicas and their protection. */
export class OperatorConstruct extends Construct {
  constructor(scope: Construct, id: string, props: OperatorProps) {
    super(scope, id);
    const {
      namespace = 'headstart-system',
      replicas = 2,
      isInDatadog = false,
      settings: facts = operatorSchema.parse({}),
    } = props;

    new k8s.KubeNamespace(this, 'namespace', {
      metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
    new OperatorRoles(this, 'roles', { name, namespace });
    const settings = Yaml.stringify(settingsOf(facts, namespace));
    new k8s.KubeConfigMap(this, 'settings', {
      metadata: { name: `${name}-settings` },
      data: { 'settings.yaml': settings },
    });
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name, labels: selector },
      spec: {
        replicas,
        selector: { matchLabels: selector },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: port(0), maxSurge: port(1) } },
        template: {
          metadata: {
            labels: selector,
            annotations: {
              // The operator reads its settings at its start: other settings are other pods.
              'checksum/settings': createHash('sha256').update(settings).digest('hex'),
              ...(isInDatadog ? discovery : {}),
            },
          },
          spec: podSpec(props),
        },
      },
    });
    new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
      metadata: { name },
      spec: { minAvailable: port(1), selector: { matchLabels: selector } },
    });
    new k8s.KubeService(this, 'metrics', {
      metadata: { name: `${name}-metrics`, labels: selector },
      spec: {
        selector,
        ports: [{ name: 'metrics', port: metricsPort, targetPort: k8s.IntOrString.fromString('metrics') }],
      },
    });
    new k8s.KubeNetworkPolicy(this, 'network-policy', { metadata: { name }, spec: networkPolicySpec(facts) });
  }
}

function settingsOf({ sources, ...rest }: OperatorFacts, namespace: string): Readonly<Record<string, unknown>> {
  return {
    sources,
    leaderElection: { namespace },
    listen: { health: `:${healthPort}`, metrics: `:${metricsPort}` },
    ...rest,
  };
}

function podSpec({ image, credentialsSecret = operatorCredentials }: OperatorProps): k8s.PodSpec {
  return {
    serviceAccountName: name,
    // Evict it last, since everything else depends on it for capacity.
    priorityClassName: 'system-cluster-critical',
    automountServiceAccountToken: true,
    securityContext: restrictedPod,
    terminationGracePeriodSeconds: 30,
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selector },
      },
    ],
    containers: [
      {
        name: 'operator',
        image,
        args: ['operator', '--settings', settingsPath],
        ports: [
          { name: 'health', containerPort: healthPort },
          { name: 'metrics', containerPort: metricsPort },
        ],
        livenessProbe: probe('/healthz', 20),
        readinessProbe: probe('/readyz', 5),
        resources: {
          requests: { cpu: k8s.Quantity.fromString('200m'), memory: k8s.Quantity.fromString('256Mi') },
          // What 60 targets with 1,400 sales and one forecast thread were measured to need, times 1.5: docs/scale.md.
          limits: { memory: k8s.Quantity.fromString('1700Mi') },
        },
        securityContext: restrictedContainer,
        volumeMounts: [
          { name: 'settings', mountPath: '/etc/headstart', readOnly: true },
          { name: 'credentials', mountPath: '/etc/headstart-credentials', readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'settings', configMap: { name: `${name}-settings` } },
      { name: 'credentials', secret: { secretName: credentialsSecret, optional: true } },
    ],
  };
}

function probe(path: string, periodSeconds: number): k8s.Probe {
  return { httpGet: { path, port: k8s.IntOrString.fromString('health') }, periodSeconds, timeoutSeconds: 5 };
}

/**
 * Ingress: probes and metrics. Egress: DNS, the API server and the ports of the metric sources.
 */
function networkPolicySpec({ sources }: OperatorFacts): k8s.NetworkPolicySpec {
  const stores = Object.values(sources).map(({ url }) => portOf(new URL(url)));
  const ports = [...new Set([443, 6443, ...stores])].sort((a, b) => a - b);
  return {
    podSelector: { matchLabels: selector },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ ports: [{ port: port(healthPort) }, { port: port(metricsPort) }] }],
    egress: [
      {
        ports: [
          { protocol: 'UDP', port: port(53) },
          { protocol: 'TCP', port: port(53) },
        ],
      },
      { ports: ports.map(number => ({ protocol: 'TCP', port: port(number) })) },
    ],
  };
}

function portOf({ port: stated, protocol }: URL): number {
  if (stated !== '') return Number(stated);
  return protocol === 'https:' ? 443 : 80;
}

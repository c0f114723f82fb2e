import { onKwokNodes } from '../control-plane/kwok-nodes.ts';
import type { KubernetesObject } from '../support/kubernetes-object.ts';

export interface ShopService {
  readonly name: string;
  readonly namespace: string;
  readonly baseline: { readonly minReplicas: number; readonly maxReplicas: number };
  /** Requests a second that one pod serves. */
  readonly capacityPerReplica: number;
  /** What the HPA aims at, in percent of the capacity. @default 80 */
  readonly targetPercent?: number;
  /** How long a pod takes to become Ready, a Go duration. @default none */
  readonly startDelay?: string;
}

/** The name under which the HPA controller asks for a service's requests a second. */
export const demandMetric = 'requests_per_second';

/** What a service has in its Git repository: a Deployment without replicas, and the HPA that follows the demand. */
export function shopService(service: ShopService): readonly KubernetesObject[] {
  const { name, namespace, baseline, capacityPerReplica, targetPercent = 80, startDelay } = service;
  const labels = { app: name };
  const annotations = startDelay === undefined ? {} : { 'headstart.test/start-delay': startDelay };
  const container = { name: 'service', image: 'played-by-kwok', resources: { requests: { cpu: '100m' } } };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, labels },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels, annotations }, spec: { ...onKwokNodes, containers: [container] } },
      },
    },
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name, namespace, labels },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        ...baseline,
        // A minute instead of five: the suite waits for what the HPA takes back.
        behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
        metrics: [
          {
            type: 'External',
            external: {
              metric: { name: demandMetric, selector: { matchLabels: { service: name } } },
              target: { type: 'AverageValue', averageValue: `${Math.round(capacityPerReplica * targetPercent * 10)}m` },
            },
          },
        ],
      },
    },
  ];
}

import { onKwokNodes } from '../control-plane/kwok-nodes.ts';
import type { KubernetesObject } from '../support/kubernetes-object.ts';

export interface ShopService {
  readonly name: string;
  readonly namespace: string;
  readonly baseline: { readonly minReplicas: number; readonly maxReplicas: number };
  /** Requests per second that one pod serves. */
  readonly capacityPerReplica: number;
  /** Target of the HPA in percent of the capacity. @default 80 */
  readonly targetPercent?: number;
  /** Time until a pod is Ready, as a Go duration. @default none */
  readonly startDelay?: string;
}

/** The name of the HPA controller's metric for a service's requests per second. */
export const demandMetric = 'requests_per_second';

/** The objects of a service in Git: a Deployment without replicas, and the HPA that follows the demand. */
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
        // One minute instead of five, because the suite waits until the HPA scales down.
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

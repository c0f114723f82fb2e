import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { nodeWaitSeconds } from '../../facts/clusters/node-room.ts';
import { defaultSource } from '../../facts/clusters/operator-schema.ts';
import { sharedLimitsIn } from '../../facts/data-stores.ts';
import type { SizedService } from '../../facts/sized-service.ts';
import { inWave } from '../environment/sync-waves.ts';
import { metricsOf } from './stated-pod.ts';

const controllersLagSeconds = 30;

/** The HPA of a service and the ScalingTarget that raises its bounds, with the same numbers. */
export class Autoscaling extends Construct {
  constructor(scope: Construct, id: string, service: SizedService) {
    super(scope, id);
    const { name } = service.facts;
    const { minReplicas, maxReplicas } = service;

    new k8s.KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: { name },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas,
        maxReplicas,
        metrics: metricsOf(service.facts),
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: 0,
            selectPolicy: 'Max',
            policies: [
              { type: 'Percent', value: 100, periodSeconds: 15 },
              { type: 'Pods', value: 4, periodSeconds: 15 },
            ],
          },
          scaleDown: {
            stabilizationWindowSeconds: 300,
            policies: [{ type: 'Percent', value: 20, periodSeconds: 60 }],
          },
        },
      },
    });
    new ApiObject(this, 'target', {
      apiVersion: 'headstart.dev/v1alpha1',
      kind: 'ScalingTarget',
      metadata: { name, annotations: { ...contractOf(service), ...inWave('scaling') } },
      spec: targetSpec(service),
    });
  }
}

/**
 * The API versions that a service offers and calls, for `headstart validate`: it finds a call to a version that nobody
 * offers.
 */
function contractOf({ facts, calls }: SizedService): Record<string, string> {
  const offers = facts.ports.flatMap(({ protocol, api }) => api.map(version => `${protocol}/${version}`));
  const called = calls.map(({ service, protocol, api }) => `${service}=${protocol}/${api}`);
  return {
    'headstart.dev/offers': offers.join(' '),
    ...(called.length === 0 ? {} : { 'headstart.dev/calls': called.join(' ') }),
  };
}

function targetSpec({ facts, environment, calls, stores, ...bounds }: SizedService) {
  const { minReplicas, maxReplicas, ceiling } = bounds;
  const stated = new Set(sharedLimitsIn(environment, stores).map(({ name }) => name));
  const uses = facts.uses.filter(({ limit }) => stated.has(limit));
  return {
    workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: facts.name },
    mode: environment.mode,
    baseline: { minReplicas, maxReplicas },
    ceiling,
    capacityPerReplica: facts.capacity.requestsPerSecond,
    objective: facts.objective,
    demand: demandOf(facts, environment.namespace),
    tier: facts.tier,
    leadTimeSeconds: facts.startupSeconds + controllersLagSeconds + nodeWaitSeconds(facts, environment, bounds),
    entryPoint: facts.entryPoint,
    calls: calls.map(({ service, perThousandRequests }) => ({ target: service, perThousandRequests })),
    ...(uses.length > 0 ? { uses } : {}),
  };
}

/** Where the demand of a service is read: where it says itself, or its own counter in Prometheus. */
function demandOf(facts: SizedService['facts'], namespace: string) {
  if (facts.demand === undefined) return { source: defaultSource, query: demandQuery(facts, namespace) };
  const { source, query } = facts.demand;
  return { source, query: query.replaceAll('{namespace}', namespace).replaceAll('{service}', facts.name) };
}

/** Requests per second at the pods themselves; what an edge or a cache answers before them is not counted. */
function demandQuery(service: SizedService['facts'], namespace: string): string {
  return `sum(rate(${demandMetric(service)}{namespace="${namespace}",service="${service.name}"}[1m]))`;
}

/** The counter of the requests that a service answered; that of a Gateway is Istio's own. */
function demandMetric({ role, ports }: SizedService['facts']): string {
  if (role === 'Gateway') return 'istio_requests_total';
  return ports[0]?.protocol === 'grpc' ? 'grpc_server_handled_total' : 'http_requests_total';
}

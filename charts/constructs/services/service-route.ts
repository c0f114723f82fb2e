import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { migratedPercent } from '../../facts/call-graph.ts';
import type { EnvironmentFacts, ServiceFacts } from '../../facts/facts-schema.ts';
import { inWave } from '../environment/sync-waves.ts';

const rollbackHeader = 'x-marketplace-backend';

export interface ServiceRouteProps {
  readonly environment: EnvironmentFacts;
  readonly service: ServiceFacts;
  /** The service that answers what is not migrated. @default none: the service answers everything */
  readonly monolith?: ServiceFacts | undefined;
  /**
   * The Cache-Control header of product pages: how long the edge may keep them, and serve them while they are renewed.
   */
  readonly pageCacheControl: string;
  /** The paths that lead here. @default '/' for the storefront, '/<name>' for every other service */
  readonly path?: string;
}

/**
 * Routes the requests of one domain: an HTTPRoute whose weights between service and monolith are those of the
 * migration. The header `x-marketplace-backend: monolith` sends a request to the monolith whatever the weight, so that
 * a client can roll back.
 */
export class ServiceRoute extends Construct {
  constructor(scope: Construct, id: string, props: ServiceRouteProps) {
    super(scope, id);
    const { environment, service, monolith, pageCacheControl } = props;
    const isPages = service.role === 'Storefront';
    const path = { type: 'PathPrefix', value: props.path ?? (isPages ? '/' : `/${service.name}`) };
    new ApiObject(this, 'route', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: service.name, annotations: inWave('routes') },
      spec: {
        parentRefs: [{ name: 'edge' }],
        hostnames: [environment.domain],
        rules: [
          ...(monolith === undefined || monolith === service ? [] : [rollbackRule(path, monolith)]),
          {
            name: 'weighted',
            matches: [{ path }],
            ...(isPages ? { filters: [cacheFilter(pageCacheControl)] } : {}),
            backendRefs: weightedBackends(service, monolith, migratedPercent(service.name, environment)),
            timeouts: timeoutsOf(service),
          },
        ],
      },
    });
  }
}

/**
 * The services that requests from outside are routed to: those that the gateway calls or, without a gateway, the entry
 * points.
 */
export function routedServices(services: readonly ServiceFacts[]): readonly ServiceFacts[] {
  const gateway = services.find(service => service.role === 'Gateway');
  return services.filter(service =>
    gateway === undefined ? service.entryPoint : gateway.calls.some(call => call.service === service.name),
  );
}

function rollbackRule(path: { readonly type: string; readonly value: string }, monolith: ServiceFacts) {
  return {
    name: 'rollback',
    matches: [{ path, headers: [{ name: rollbackHeader, value: 'monolith' }] }],
    backendRefs: [backend(monolith)],
    timeouts: timeoutsOf(monolith),
  };
}

function weightedBackends(service: ServiceFacts, monolith: ServiceFacts | undefined, percent: number) {
  if (monolith === undefined || percent === 100) return [backend(service)];
  return [
    { ...backend(service), weight: percent },
    { ...backend(monolith), weight: 100 - percent },
  ];
}

function backend({ name, ports }: ServiceFacts) {
  return { name, port: ports[0]?.port };
}

/**
 * Time-outs of four times the objective and at most ten seconds: long enough for slow answers, short enough that no
 * queue of abandoned requests builds up.
 */
function timeoutsOf({ objective }: ServiceFacts) {
  const request = `${Math.min(10_000, 4 * objective.p95Milliseconds)}ms`;
  return { request, backendRequest: request };
}

function cacheFilter(cacheControl: string) {
  return {
    type: 'ResponseHeaderModifier',
    responseHeaderModifier: { set: [{ name: 'Cache-Control', value: cacheControl }] },
  };
}

import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { migratedPercent } from '../../facts/call-graph.ts';
import type { EnvironmentFacts, ServiceFacts } from '../../facts/facts-schema.ts';

const rollbackHeader = 'x-marketplace-backend';

export interface ServiceRouteProps {
  readonly environment: EnvironmentFacts;
  readonly service: ServiceFacts;
  /** Answers what is not migrated. @default none, and the service answers all */
  readonly monolith?: ServiceFacts | undefined;
  /** What the edge may keep of product pages, and how long it may answer with them while they are made anew. */
  readonly pageCacheControl: string;
  /** The paths that lead here. @default '/' for the storefront, '/<name>' for every other */
  readonly path?: string;
}

/**
 * How requests of one domain find their service: an HTTPRoute whose weights between service and monolith are the
 * migration's. The header `x-marketplace-backend: monolith` sends a request to the old application whatever the weight: a
 * rollback by client.
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
      metadata: { name: service.name },
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

/** The services that requests from outside are routed to: those that the gateway calls, or without one the entry points. */
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

/** Four times the objective, at most ten seconds: long enough for the slowest honest answer, and no queue of the dead. */
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

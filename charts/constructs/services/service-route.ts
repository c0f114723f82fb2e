import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { deadlineMs } from '../../facts/call-budgets.ts';
import { migratedPercent } from '../../facts/call-graph.ts';
import type { EnvironmentFacts } from '../../facts/environment-schema.ts';
import type { ServiceFacts } from '../../facts/facts-schema.ts';
import { inWave } from '../environment/sync-waves.ts';

export interface ServiceRouteProps {
  /** The name of the shop, which is in that of the header for rollbacks. */
  readonly shop: string;
  readonly environment: EnvironmentFacts;
  readonly service: ServiceFacts;
  /** The service that answers what is not migrated. @default none: the service answers everything */
  readonly monolith?: ServiceFacts | undefined;
  /** The Cache-Control header of the service's cached paths. @default none: the service's own header stands */
  readonly pageCacheControl?: string | undefined;
  /** The paths that lead here. @default '/' for the storefront, '/<name>' for every other service */
  readonly path?: string;
}

/**
 * Routes the requests of one domain: an HTTPRoute whose weights between service and monolith are those of the
 * migration. The header `x-<shop>-backend` with the environment's rollback key sends a request to the monolith
 * whatever the weight, so that one client can be rolled back; whatever its value, no request carries it any further.
 */
export class ServiceRoute extends Construct {
  constructor(scope: Construct, id: string, props: ServiceRouteProps) {
    super(scope, id);
    const { shop, environment, service, monolith, pageCacheControl } = props;
    const header = `x-${shop}-backend`;
    const withoutRollback = withoutHeader(header);
    const path = pathPrefix(props.path ?? (service.role === 'Storefront' ? '/' : `/${service.name}`));
    const cached = pageCacheControl === undefined ? [] : service.cachedPaths.map(pathPrefix);
    const weighted = {
      backendRefs: weightedBackends(service, monolith, migratedPercent(service.name, environment)),
      timeouts: timeoutsOf(service),
    };
    new ApiObject(this, 'route', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: service.name, annotations: inWave('routes') },
      spec: {
        parentRefs: [{ name: 'edge' }],
        hostnames: [environment.domain],
        rules: [
          ...(monolith === undefined || monolith === service || environment.rollbackKey === undefined
            ? []
            : [rollbackRule(path, monolith, { name: header, value: environment.rollbackKey })]),
          ...(cached.length === 0
            ? []
            : [
                {
                  name: 'cached',
                  matches: cached.map(each => ({ path: each })),
                  filters: [withoutRollback, cacheFilter(pageCacheControl ?? '')],
                  ...weighted,
                },
              ]),
          { name: 'weighted', matches: [{ path }], filters: [withoutRollback], ...weighted },
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

/** Takes a header off, so that it moves load behind the edge for nobody who sends it from the internet. */
function withoutHeader(header: string) {
  return { type: 'RequestHeaderModifier', requestHeaderModifier: { remove: [header] } };
}

function pathPrefix(value: string) {
  return { type: 'PathPrefix', value } as const;
}

function rollbackRule(
  path: ReturnType<typeof pathPrefix>,
  monolith: ServiceFacts,
  header: { readonly name: string; readonly value: string },
) {
  return {
    name: 'rollback',
    matches: [{ path, headers: [header] }],
    filters: [withoutHeader(header.name)],
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

/** A service's deadline: long enough for slow answers, short enough that no queue of abandoned requests builds up. */
function timeoutsOf(service: ServiceFacts) {
  const request = `${deadlineMs(service)}ms`;
  return { request, backendRequest: request };
}

function cacheFilter(cacheControl: string) {
  return {
    type: 'ResponseHeaderModifier',
    responseHeaderModifier: { set: [{ name: 'Cache-Control', value: cacheControl }] },
  };
}

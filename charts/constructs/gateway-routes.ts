import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { migratedPercent } from '../facts/call-graph.ts';
import type { EnvironmentFacts, ServiceFacts } from '../facts/facts-schema.ts';

const apiVersion = 'gateway.networking.k8s.io/v1';
const rollbackHeader = 'x-marketplace-backend';

export interface GatewayRoutesProps {
  readonly environment: EnvironmentFacts;
  readonly services: readonly ServiceFacts[];
  /** @default 'marketplace' */
  readonly gatewayClassName?: string;
  /** What the edge may keep of product pages, and how long it may answer with them while they are made anew. */
  readonly pageCacheControl: string;
}

/**
 * The way in: a Gateway, and one HTTPRoute a domain whose weights between service and monolith are the migration's. The
 * header `x-marketplace-backend: monolith` sends a request to the old application whatever the weight: a rollback by client.
 */
export class GatewayRoutes extends Construct {
  constructor(scope: Construct, id: string, props: GatewayRoutesProps) {
    super(scope, id);
    const { environment, services, gatewayClassName = 'marketplace' } = props;
    const gateway = services.find(service => service.role === 'Gateway');
    const monolith = services.find(service => service.role === 'Monolith');

    new ApiObject(this, 'gateway', {
      apiVersion,
      kind: 'Gateway',
      metadata: { name: 'edge' },
      spec: {
        gatewayClassName,
        listeners: [
          {
            name: 'https',
            port: 443,
            protocol: 'HTTPS',
            hostname: environment.domain,
            tls: { certificateRefs: [{ name: 'edge-certificate' }] },
            allowedRoutes: { namespaces: { from: 'Same' } },
          },
        ],
      },
    });
    for (const service of services.filter(each => gateway?.calls.some(call => call.service === each.name))) {
      const isPages = service.role === 'Storefront';
      new ApiObject(this, service.name, {
        apiVersion,
        kind: 'HTTPRoute',
        metadata: { name: service.name },
        spec: {
          parentRefs: [{ name: 'edge' }],
          hostnames: [environment.domain],
          rules: [
            ...(monolith === undefined ? [] : [rollbackRule(service, monolith)]),
            {
              name: 'weighted',
              matches: [pathOf(service)],
              ...(isPages ? { filters: [cacheFilter(props.pageCacheControl)] } : {}),
              backendRefs: weightedBackends(service, monolith, migratedPercent(service.name, environment)),
              timeouts: timeoutsOf(service),
            },
          ],
        },
      });
    }
    // the edge's own namespace may route here, so that one load balancer can serve several environments
    new ApiObject(this, 'grant', {
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: 'from-edge' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'edge' }],
        to: [...(gateway === undefined ? [] : [{ group: '', kind: 'Service', name: gateway.name }])],
      },
    });
  }
}

function rollbackRule(service: ServiceFacts, monolith: ServiceFacts) {
  return {
    name: 'rollback',
    matches: [{ ...pathOf(service), headers: [{ name: rollbackHeader, value: 'monolith' }] }],
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

function pathOf({ name, role }: ServiceFacts) {
  return { path: { type: 'PathPrefix', value: role === 'Storefront' ? '/' : `/${name}` } };
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

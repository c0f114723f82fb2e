import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { EnvironmentFacts, ServiceFacts } from '../../facts/facts-schema.ts';

export interface EdgeGatewayProps {
  readonly environment: EnvironmentFacts;
  readonly services: readonly ServiceFacts[];
  /** @default 'marketplace' */
  readonly gatewayClassName?: string;
}

/**
 * The entry of an environment: a Gateway whose listener has the environment's domain. If the facts have a service of
 * role Gateway, its pods carry the traffic, so that its HPA and its ScalingTarget scale the entry; otherwise the
 * GatewayClass brings its own pods.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#manual-deployment
 */
export class EdgeGateway extends Construct {
  constructor(scope: Construct, id: string, props: EdgeGatewayProps) {
    super(scope, id);
    const { environment, services, gatewayClassName = 'marketplace' } = props;
    const gateway = services.find(service => service.role === 'Gateway');
    const entries = services.filter(service => service.entryPoint);

    new ApiObject(this, 'gateway', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'edge' },
      spec: {
        gatewayClassName,
        ...(gateway === undefined
          ? {}
          : { addresses: [{ type: 'Hostname', value: `${gateway.name}.${environment.namespace}.svc.cluster.local` }] }),
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
    if (entries.length === 0) return;
    // Allow routes from the edge's own namespace, so that one load balancer can serve several environments.
    new ApiObject(this, 'grant', {
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: 'from-edge' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'edge' }],
        to: entries.map(({ name }) => ({ group: '', kind: 'Service', name })),
      },
    });
  }
}

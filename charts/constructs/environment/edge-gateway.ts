import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { EnvironmentFacts } from '../../facts/environment-schema.ts';
import type { ServiceFacts } from '../../facts/facts-schema.ts';
import { edgeCertificate, listenerPort } from '../pods/edge-proxy.ts';
import { inWave } from './sync-waves.ts';

export interface EdgeGatewayProps {
  readonly environment: EnvironmentFacts;
  readonly services: readonly ServiceFacts[];
  readonly gatewayClassName: string;
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
    const { environment, services, gatewayClassName } = props;
    const gateway = services.find(service => service.role === 'Gateway');
    new ApiObject(this, 'gateway', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'edge', annotations: inWave('edge') },
      spec: {
        gatewayClassName,
        ...(gateway === undefined
          ? {}
          : { addresses: [{ type: 'Hostname', value: `${gateway.name}.${environment.namespace}.svc.cluster.local` }] }),
        listeners: [
          {
            name: 'https',
            port: listenerPort,
            protocol: 'HTTPS',
            hostname: environment.domain,
            tls: { certificateRefs: [{ name: edgeCertificate }] },
            allowedRoutes: { namespaces: { from: 'Same' } },
          },
        ],
      },
    });
  }
}

/** The right of the proxy's account to read the listener's certificate, and no other Secret. */
export class CertificateAccess extends Construct {
  constructor(scope: Construct, id: string, { account }: { readonly account: string }) {
    super(scope, id);
    const metadata = { name: edgeCertificate };
    new k8s.KubeRole(this, 'role', {
      metadata,
      rules: [
        { apiGroups: [''], resources: ['secrets'], resourceNames: [edgeCertificate], verbs: ['get', 'list', 'watch'] },
      ],
    });
    new k8s.KubeRoleBinding(this, 'binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: edgeCertificate },
      subjects: [{ kind: 'ServiceAccount', name: account }],
    });
  }
}

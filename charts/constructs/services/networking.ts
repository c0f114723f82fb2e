import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { ServiceFacts } from '../../facts/facts-schema.ts';
import { metricsPortOf } from '../../facts/metrics-port.ts';
import type { SizedService } from '../../facts/sized-service.ts';
import { inWave } from '../environment/sync-waves.ts';
import { listenerPort } from '../pods/edge-proxy.ts';
import { callerLabel, selectorOf } from '../pods/labels.ts';
import { storeEgress } from '../stores/store-network-policy.ts';

const port = (number: number, protocol: 'TCP' | 'UDP' = 'TCP') => ({
  port: k8s.IntOrString.fromNumber(number),
  protocol,
});

const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const controlPlane = inNamespace('istio-system');

/** The Service of a service, and a NetworkPolicy that follows the call graph. */
export class Networking extends Construct {
  constructor(scope: Construct, id: string, service: SizedService) {
    super(scope, id);
    const { name, ports, role } = service.facts;
    const isGrpc = ports.some(each => each.protocol === 'grpc');

    new k8s.KubeService(this, 'service', {
      metadata: { name },
      spec: {
        selector: selectorOf(name),
        // Headless: gRPC clients balance over the pods themselves; otherwise new replicas get no load over old
        // connections.
        ...(isGrpc ? { clusterIp: 'None' } : {}),
        ...(role === 'Gateway' ? { type: 'LoadBalancer' } : {}),
        ports: ports.map(each => ({
          name: each.name,
          port: role === 'Gateway' ? listenerPort : each.port,
          targetPort: k8s.IntOrString.fromString(each.name),
          appProtocol: role === 'Gateway' ? 'https' : each.protocol === 'grpc' ? 'kubernetes.io/h2c' : 'http',
        })),
      },
    });
    if (isGrpc) grpcRoute(this, service);
    new k8s.KubeNetworkPolicy(this, 'policy', { metadata: { name }, spec: policySpec(service) });
  }
}

/** A GRPCRoute that attaches to the Service itself, so that a mesh which reads the Gateway API balances each call. */
function grpcRoute(scope: Construct, { facts: { name, ports } }: SizedService): void {
  const grpc = ports.find(each => each.protocol === 'grpc');
  new ApiObject(scope, 'grpc-route', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata: { name, annotations: inWave('routes') },
    spec: {
      parentRefs: [{ group: '', kind: 'Service', name, port: grpc?.port }],
      rules: [{ backendRefs: [{ name, port: grpc?.port }] }],
    },
  });
}

/**
 * Ingress comes from pods with the label of a caller, so that a new caller does not change the called service's policy.
 * Egress goes to the called services, each on the named port of its protocol.
 */
function policySpec({ facts, environment, shop, stores, calls, isOpen }: SizedService): k8s.NetworkPolicySpec {
  const offered = facts.ports.map(each => port(each.port));
  const scrapers = ['monitoring', ...(environment.datadogSite === undefined ? [] : ['datadog'])];
  return {
    podSelector: { matchLabels: selectorOf(facts.name) },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [{ podSelector: { matchLabels: callerLabel(facts.name, shop) } }], ports: offered },
      ...(isOpen ? [{ ports: offered }] : []),
      {
        from: scrapers.map(inNamespace),
        ports: [port(metricsPortOf(facts).port)],
      },
    ],
    egress: [
      // Allow DNS to any address: a cache on the node may answer, which no selector matches.
      { ports: [port(53, 'UDP'), port(53)] },
      ...calls.map(({ service, portName }) => ({
        to: [{ podSelector: { matchLabels: selectorOf(service) } }],
        ports: [{ port: k8s.IntOrString.fromString(portName), protocol: 'TCP' }],
      })),
      ...storeEgress(facts.uses, stores, environment.dataStores === 'InCluster'),
      ...facts.egress.map(outside),
      // A gateway's pods receive their routes from the control plane of their class.
      ...(facts.role === 'Gateway' ? [{ to: [controlPlane], ports: [port(15_012)] }] : []),
      ...(environment.datadogSite === undefined ? [] : [{ ports: [port(8125, 'UDP'), port(8126)] }]),
    ],
  };
}

/** Private and link-local addresses, where a host on the internet is not: the cluster's own, and the nodes' metadata. */
const privateAddresses = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

/** What a service calls outside the cluster. A policy knows no names, so a host is any public address. */
function outside({ cidr, port: number }: ServiceFacts['egress'][number]): k8s.NetworkPolicyEgressRule {
  const ipBlock = cidr === undefined ? { cidr: '0.0.0.0/0', except: privateAddresses } : { cidr };
  return { to: [{ ipBlock }], ports: [port(number)] };
}

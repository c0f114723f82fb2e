import { k8s } from 'cdk8s-plus-27';
import type { ServiceFacts } from '../../facts/facts-schema.ts';
import { edgeProxy } from './edge-proxy.ts';

const startupPeriodSeconds = 5;

/**
 * Startup, readiness and liveness probes on a service's first port, over its own protocol. The proxy of a Gateway is
 * asked on the port of its agent, and has no liveness probe: the agent itself ends with the proxy.
 */
export function probesOf({ role, ports, probes, startupSeconds }: ServiceFacts) {
  const ready = role === 'Gateway' ? edgeProxy.probe : ask(ports, probes.ready);
  const startupProbe: k8s.Probe = {
    ...ready,
    periodSeconds: startupPeriodSeconds,
    // Allow three times the measured time, so that a slow start does not count as a crash.
    failureThreshold: Math.ceil((3 * startupSeconds) / startupPeriodSeconds),
  };
  const readinessProbe: k8s.Probe = { ...ready, periodSeconds: 5, timeoutSeconds: 2 };
  if (role === 'Gateway') return { startupProbe, readinessProbe };
  const livenessProbe: k8s.Probe = {
    ...ask(ports, probes.live),
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 6,
  };
  return { startupProbe, readinessProbe, livenessProbe };
}

function ask(ports: ServiceFacts['ports'], path: string): k8s.Probe {
  const [first] = ports;
  if (first?.protocol === 'grpc') return { grpc: { port: first.port } };
  return { httpGet: { path, port: k8s.IntOrString.fromString(first?.name ?? 'http') } };
}

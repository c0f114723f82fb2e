import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesizeOwnFacts } from '../../../support/pages/manifests.ts';

const files = synthesizeOwnFacts();
const environments = readOwnFacts().environments.map(({ name }) => [name]);

describe.each(environments)('the edge of %s', environment => {
  const read = (file: string) => parse(files.get(`${environment}/${file}`) ?? '');
  const readWall = (file: string) => parse(files.get(`namespaces/${environment}/${file}`) ?? '');
  const gateway = read('platform/gateway.edge.yaml').spec;
  const deployment = read('gateway/deployment.gateway.yaml').spec.template;
  const [container] = deployment.spec.containers;

  test('is scaled from its ScalingTarget to the pods behind its listener', () => {
    const target = read('gateway/scalingtarget.gateway.yaml').spec;
    const autoscaler = read('gateway/horizontalpodautoscaler.gateway.yaml').spec;
    const service = read('gateway/service.gateway.yaml');
    expect(target.entryPoint).toBe(true);
    expect(autoscaler.scaleTargetRef).toEqual(target.workloadRef);
    expect(autoscaler.scaleTargetRef.name).toBe('gateway');
    expect(deployment.metadata.labels).toMatchObject(service.spec.selector);
    expect(gateway.addresses).toEqual([
      { type: 'Hostname', value: `${service.metadata.name}.${service.metadata.namespace}.svc.cluster.local` },
    ]);
    expect(service.spec.type).toBe('LoadBalancer');
    for (const listener of gateway.listeners) {
      const port = service.spec.ports.find((each: { port: number }) => each.port === listener.port);
      const open = container.ports.find((each: { name: string }) => each.name === port?.targetPort);
      expect([listener.port, open?.containerPort]).toEqual([443, 8443]);
      const { ingress } = read('gateway/networkpolicy.gateway.yaml').spec;
      expect(ingress).toContainEqual({ ports: [{ port: open.containerPort, protocol: 'TCP' }] });
    }
  });

  test('is Istio’s proxy: injected, known by its token, and allowed to read its certificate alone', () => {
    expect(deployment.metadata.annotations['inject.istio.io/templates']).toBe('gateway');
    expect(deployment.metadata.labels['sidecar.istio.io/inject']).toBe('true');
    expect(container.name).toBe('istio-proxy');
    const token = deployment.spec.volumes.find((each: { name: string }) => each.name === 'istio-token');
    expect(token.projected.sources[0].serviceAccountToken.audience).toBe('istio-ca');
    const { rules } = readWall('role.edge-certificate.yaml');
    expect(rules.map((rule: { resourceNames: string[] }) => rule.resourceNames)).toEqual([
      gateway.listeners[0].tls.certificateRefs.map(({ name }: { name: string }) => name),
    ]);
    expect(readWall('rolebinding.edge-certificate.yaml').subjects[0].name).toBe(deployment.spec.serviceAccountName);
  });

  test('shows Prometheus the counter that its ScalingTarget asks for', () => {
    const { query } = read('gateway/scalingtarget.gateway.yaml').spec.demand;
    expect(query).toMatch(/^sum\(rate\(istio_requests_total\{/);
    const { podMetricsEndpoints } = read('platform/podmonitor.services.yaml').spec;
    const endpoint = podMetricsEndpoints.find(({ path }: { path: string }) => path === '/stats/prometheus');
    expect(container.ports).toContainEqual({ containerPort: 15_090, name: endpoint?.port });
  });

  test('leads each route to a port of a Service', () => {
    const routes = [...files].filter(
      ([file]) => file.startsWith(`${environment}/`) && /\/(http|grpc)route\./.test(file),
    );
    expect(routes.length).toBeGreaterThan(3);
    const backends = routes.flatMap(([, text]) =>
      parse(text).spec.rules.flatMap((rule: { backendRefs: { name: string; port: number }[] }) => rule.backendRefs),
    );
    for (const { name, port } of backends) {
      const { ports } = read(`${name}/service.${name}.yaml`).spec;
      expect(ports.map((each: { port: number }) => each.port)).toContain(port);
    }
  });
});

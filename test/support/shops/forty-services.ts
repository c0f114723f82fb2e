import { environmentSchema } from '../../../charts/facts/environment-schema.ts';
import type { ServiceFacts } from '../../../charts/facts/facts-schema.ts';
import { type Facts, factsSchema, serviceSchema } from '../../../charts/facts/facts-schema.ts';

const regions = ['north', 'south', 'west'];

/**
 * A made-up grocer: forty services in Go and Python behind one front, on three clusters, one a region, of which the second
 * runs an older Kubernetes, with stores outside the clusters only. Each service calls the next two, so that the call graph is deep.
 */
export function fortyServices(): Facts {
  const services = Array.from({ length: 40 }, (_, index) => serviceAt(index));
  const environments = regions.map(name =>
    environmentSchema.parse({
      name,
      stage: 'production',
      namespace: 'grocer',
      cluster: name,
      domain: `${name}.grocer.example`,
      dataStores: 'External',
      mode: 'Apply',
    }),
  );
  const tags = Object.fromEntries(services.map(({ name }) => [name, `registry.grocer.example/${name}:7`]));
  const images = Object.fromEntries(regions.map(name => [name, tags]));
  return factsSchema.parse({
    name: 'grocer',
    labelDomain: 'labels.grocer.example',
    services,
    environments,
    clusters: regions.map((name, index) => ({
      name,
      ...(index === 0 ? {} : { server: `https://${name}.k8s.grocer.example`, kubeConfigSecret: `${name}-kubeconfig` }),
      ...(index === 1 ? { kubernetesVersion: '1.34' } : {}),
    })),
    images,
    secretStore: { provider: { vault: { server: 'https://vault.grocer.example' } } },
  });
}

function serviceAt(index: number): ServiceFacts {
  const isFront = index === 0;
  const callees = [index + 1, index + 2].filter(callee => callee < 40 && index < 12);
  return serviceSchema.parse({
    name: nameOf(index),
    summary: 'A part of the grocer.',
    owner: `team-${index % 7}`,
    runtime: index % 2 === 0 ? 'Go' : 'Python',
    tier: index < 10 ? 'Critical' : 'Standard',
    ports: [{ name: 'http', port: 8080, protocol: 'http', api: ['v1'] }],
    capacity: { requestsPerSecond: '30', loadTest: 'k6, 2026-10-01' },
    objective: { p95Milliseconds: 3000 - 60 * index },
    resources: { cpuMillicores: 500, memoryMebibytes: 256 },
    startupSeconds: 8,
    calls: callees.map(callee => ({ service: nameOf(callee), perThousandRequests: 100 })),
    uses: index % 4 === 3 ? [{ limit: `postgres-${nameOf(index)}`, perReplica: 5 }] : [],
    baseline: { minReplicas: 2, maxReplicas: 6 },
    ceiling: 20,
    entryPoint: isFront || index >= 14,
  });
}

function nameOf(index: number): string {
  return index === 0 ? 'front' : `part-${index}`;
}

import { callersOf, callsIn } from './call-graph.ts';
import type { CallFacts, EnvironmentFacts, Facts, ServiceFacts } from './facts-schema.ts';

/** One service in one environment: its facts at that environment's size, with its image and its neighbours. */
export interface SizedService {
  readonly facts: ServiceFacts;
  readonly environment: EnvironmentFacts;
  readonly image: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly ceiling: number;
  readonly calls: readonly CallFacts[];
  readonly callers: readonly string[];
}

/** @throws Error when the environment has no image for the service; `findProblems` says so beforehand, with all other problems */
export function sizeService(service: ServiceFacts, environment: EnvironmentFacts, facts: Facts): SizedService {
  const image = facts.images[environment.name]?.[service.name];
  if (image === undefined) throw new Error(`images: ${environment.name}: no image for ${service.name}`);
  return {
    facts: service,
    environment,
    image,
    ...sizeReplicas(service, environment),
    calls: callsIn(
      environment,
      service,
      facts.services.find(each => each.role === 'Monolith'),
    ),
    callers: callersOf(service.name, environment, facts.services),
  };
}

/** Bounds at the environment's size, rounded up, so that even a small preview has a replica of each and room for a peak. */
export function sizeReplicas(service: ServiceFacts, { sizePercent }: EnvironmentFacts) {
  const size = (replicas: number) => Math.ceil((replicas * sizePercent) / 100);
  const minReplicas = size(service.baseline.minReplicas);
  const maxReplicas = Math.max(minReplicas, size(service.baseline.maxReplicas));
  return { minReplicas, maxReplicas, ceiling: Math.max(maxReplicas, size(service.ceiling)) };
}

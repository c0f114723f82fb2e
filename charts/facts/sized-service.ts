import type { Call } from './call-graph.ts';
import type { DataStore } from './data-stores.ts';
import type { EnvironmentFacts, ServiceFacts } from './facts-schema.ts';

/** One service in one environment: its facts at that environment's size, with its image and its calls. */
export interface SizedService {
  readonly facts: ServiceFacts;
  readonly environment: EnvironmentFacts;
  readonly image: string;
  readonly calls: readonly Call[];
  /** Whether requests reach it from outside the namespace: an entry point, and the monolith behind its routes where no gateway of the namespace stands before it. */
  readonly isOpen: boolean;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly ceiling: number;
  /** Of the whole environment. */
  readonly stores: readonly DataStore[];
}

/** Bounds at the environment's size, rounded up, so that even a small preview has a replica of each and room for a peak. */
export function sizeReplicas(service: ServiceFacts, { sizePercent }: EnvironmentFacts) {
  const size = (replicas: number) => Math.ceil((replicas * sizePercent) / 100);
  const minReplicas = size(service.baseline.minReplicas);
  const maxReplicas = Math.max(minReplicas, size(service.baseline.maxReplicas));
  return { minReplicas, maxReplicas, ceiling: Math.max(maxReplicas, size(service.ceiling)) };
}

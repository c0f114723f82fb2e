import type { PortCall } from './call-graph.ts';
import type { DataStore } from './data-stores.ts';
import type { EnvironmentFacts } from './environment-schema.ts';
import type { ServiceFacts } from './facts-schema.ts';
import type { ShopName } from './shop-name.ts';

/** One service in one environment: its facts at that environment's size, its image and its calls. */
export interface SizedService {
  readonly facts: ServiceFacts;
  readonly environment: EnvironmentFacts;
  readonly shop: ShopName;
  readonly image: string;
  readonly calls: readonly PortCall[];
  /**
   * Whether requests from outside the namespace reach it: true for an entry point, and for the monolith behind its
   * routes when no gateway of the namespace is in front of it.
   */
  readonly isOpen: boolean;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly ceiling: number;
  /** The stores of the whole environment. */
  readonly stores: readonly DataStore[];
}

/**
 * Scales the bounds to the environment's size, rounded up, so that even a small preview has one replica each and room
 * for a peak.
 */
export function sizeReplicas(service: ServiceFacts, { sizePercent }: EnvironmentFacts) {
  const size = (replicas: number) => Math.ceil((replicas * sizePercent) / 100);
  const minReplicas = size(service.baseline.minReplicas);
  const maxReplicas = Math.max(minReplicas, size(service.baseline.maxReplicas));
  return { minReplicas, maxReplicas, ceiling: Math.max(maxReplicas, size(service.ceiling)) };
}

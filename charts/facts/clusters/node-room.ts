import type { EnvironmentFacts } from '../environment-schema.ts';
import type { ServiceFacts } from '../facts-schema.ts';
import type { SizedService } from '../sized-service.ts';

/** Capacity kept free for a critical service where an environment has buffers, in percent of its replicas. */
export const bufferPercent = 50;

/** Whether capacity is kept free for a service in an environment. */
export function hasBuffer({ tier }: ServiceFacts, { nodeRoom }: EnvironmentFacts): boolean {
  return nodeRoom === 'CapacityBuffer' && tier === 'Critical';
}

/** What keeps room for a service before a sale, as much as the operator asks for: where it can be raised at all. */
export function saleRoomOf({ environment, minReplicas, ceiling }: SizedService): EnvironmentFacts['nodeRoom'] {
  return ceiling > minReplicas ? environment.nodeRoom : 'None';
}

/**
 * Seconds that the largest raise of a service waits for nodes: those of a new node where it exceeds the capacity that
 * is kept free, else 0.
 */
export function nodeWaitSeconds(
  service: ServiceFacts,
  environment: EnvironmentFacts,
  { minReplicas, ceiling }: { readonly minReplicas: number; readonly ceiling: number },
): number {
  const room = hasBuffer(service, environment) ? Math.floor((minReplicas * bufferPercent) / 100) : 0;
  return ceiling - minReplicas > room ? environment.nodeStartupSeconds : 0;
}

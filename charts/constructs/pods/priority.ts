import type { ServiceFacts } from '../../facts/facts-schema.ts';

/**
 * The priority of each tier: when nodes are full, placeholders are evicted first, then background, standard and
 * critical services.
 */
export const priorities = { Critical: 100_000, Standard: 10_000, Background: 1000, Placeholder: -10 } as const;

/** The name of the PriorityClass of a tier. */
export function priorityClassName(tier: ServiceFacts['tier'] | 'Placeholder'): string {
  return `marketplace-${tier.toLowerCase()}`;
}

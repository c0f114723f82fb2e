import type { ServiceFacts } from '../../facts/facts-schema.ts';

/** What yields when nodes are full: background before standard before critical, and placeholders before all. */
export const priorities = { Critical: 100_000, Standard: 10_000, Background: 1000, Placeholder: -10 } as const;

/** The PriorityClass of a tier. */
export function priorityClassName(tier: ServiceFacts['tier'] | 'Placeholder'): string {
  return `marketplace-${tier.toLowerCase()}`;
}

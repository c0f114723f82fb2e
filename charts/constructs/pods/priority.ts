/**
 * The priority of each tier: when nodes are full, placeholders are evicted first, then background, standard and
 * critical services, and stores last: a raise must not evict what it depends on.
 */
export const priorities = {
  Data: 200_000,
  Critical: 100_000,
  Standard: 10_000,
  Background: 1000,
  Placeholder: -10,
} as const;

/** The name of the PriorityClass of a tier of a shop. */
export function priorityClassName(tier: keyof typeof priorities, shop: string): string {
  return `${shop}-${tier.toLowerCase()}`;
}

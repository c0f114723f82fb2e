import type { Occurrence, SimilarSales } from './occurrence.ts';

/**
 * Finds the past sales that `similarTo` names.
 *
 *   the name of                        →  counts as of the same kind
 *   a FlashSale                           all its occurrences that began before this one
 *   a SalePlan of a past occurrence       that one
 *   anything else                         nothing: it is a risk of the sale
 */
export function similarSales(occurrence: Occurrence, all: readonly Occurrence[]): SimilarSales | undefined {
  const names = occurrence.spec.similarTo ?? [];
  if (names.length === 0) return undefined;
  const past = all.filter(({ start, end }) => start < end && start < occurrence.start);
  const hasName = (name: string) => (other: Occurrence) => other.sale === name || other.salePlan === name;
  return {
    known: past.filter(other => names.some(name => hasName(name)(other))).map(({ salePlan }) => salePlan),
    unknown: names.filter(name => !past.some(hasName(name))),
  };
}

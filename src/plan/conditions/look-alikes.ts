import type { Occurrence } from '../accept/sale-occurrences.ts';

/**
 * Names of other sales with the same start, end and entry points: perhaps one sale under two names. They are counted as
 * told, each for itself, because two sales may well begin and end together; who reads the risk knows which.
 */
export function lookAlikes(occurrence: Occurrence, others: readonly Occurrence[]): readonly string[] {
  const isAlike = (other: Occurrence) =>
    other.sale !== occurrence.sale &&
    other.start === occurrence.start &&
    other.end === occurrence.end &&
    other.entryPoints.join() === occurrence.entryPoints.join();
  return occurrence.start < occurrence.end ? [...new Set(others.filter(isAlike).map(({ sale }) => sale))].sort() : [];
}

/** The risk that sales of the same times and entry points are one: they count `how`; nothing when there is none alike. */
export function lookAlikeRisk(names: readonly string[], how: string): readonly string[] {
  if (names.length === 0) return [];
  const verb = names.length === 1 ? 'has' : 'have';
  return [
    `${names.join(', ')} ${verb} the same start, end and entry points: ${how}. Keep one if they are the same sale.`,
  ];
}

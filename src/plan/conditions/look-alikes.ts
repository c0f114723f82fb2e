import type { Occurrence } from '../accept/occurrence.ts';

/**
 * Names of other sales with the same start, end and entry points: perhaps one sale under two names. Each is counted as
 * stated, because two sales may well begin and end together; the reader of the risk can tell.
 */
export function lookAlikes(occurrence: Occurrence, others: readonly Occurrence[]): readonly string[] {
  const isAlike = (other: Occurrence) =>
    other.sale !== occurrence.sale &&
    other.start === occurrence.start &&
    other.end === occurrence.end &&
    other.entryPoints.join() === occurrence.entryPoints.join();
  return occurrence.start < occurrence.end ? [...new Set(others.filter(isAlike).map(({ sale }) => sale))].sort() : [];
}

/**
 * The risk that sales with the same times and entry points are one sale; `how` says how they are counted. Empty without
 * such a sale.
 */
export function lookAlikeRisk(names: readonly string[], how: string): readonly string[] {
  if (names.length === 0) return [];
  const verb = names.length === 1 ? 'has' : 'have';
  return [
    `${names.join(', ')} ${verb} the same start, end and entry points: ${how}. Keep one if they are the same sale.`,
  ];
}

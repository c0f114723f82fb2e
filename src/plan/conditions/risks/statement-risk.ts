import type { Occurrence } from '../../accept/sale-occurrences.ts';
import { formatTimes, formatWhole } from './target-check.ts';

/** Stated peaks below and above these percentages are likely written in another unit. */
const leastPercent = 105;
const mostPercent = 5000;

/** A stated peak of no more than ordinary demand, or of more than fifty times of it. */
export function statementRisk({ spec }: Occurrence): readonly string[] {
  const stated = spec.expectedPeakPercent;
  if (stated === undefined || (stated >= leastPercent && stated <= mostPercent)) return [];
  const times =
    stated < leastPercent ? 'no more than an ordinary minute' : `${formatTimes(stated / 100)} times an ordinary minute`;
  return [`expectedPeakPercent ${formatWhole(stated)} is ${times}. 800 means eight times.`];
}

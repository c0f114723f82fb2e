import type { Occurrence } from '../../accept/occurrence.ts';
import { formatTimes, formatWhole } from './target-check.ts';

/** Percentages below and above which a stated peak is probably in another unit. */
const leastPercent = 105;
const mostPercent = 5000;

/** Reports a stated peak that is not above ordinary demand, or more than fifty times as high. */
export function statementRisk({ spec }: Occurrence): readonly string[] {
  return (['expectedPeakPercent', 'minPeakPercent'] as const).flatMap(field => {
    const stated = spec[field];
    if (stated === undefined || (stated >= leastPercent && stated <= mostPercent)) return [];
    const times =
      stated < leastPercent
        ? 'no more than an ordinary minute'
        : `${formatTimes(stated / 100)} times an ordinary minute`;
    return [`${field} ${formatWhole(stated)} is ${times}. 800 means eight times.`];
  });
}

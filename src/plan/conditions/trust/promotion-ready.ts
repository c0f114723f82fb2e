import type { ConditionUpdate } from '../../../api/condition.ts';
import type { SalePlan } from '../../../api/sale-plan.ts';
import type { ScalingTarget } from '../../../api/scaling-target.ts';
import { condition } from '../../condition.ts';
import { leastCoveragePercent } from './forecast-drift.ts';
import { formatShare, type PastCoverage, pastCoverage } from './past-coverage.ts';

/** Sales that must have been watched and reviewed, the newest of them counting. */
const enoughSales = 2;
/** Error of P50 over seven days, in percent of the demand, above which a forecast is too poor to act on. */
const mostWapePercent = 50;

/**
 * Tells whether what was watched justifies mode `Apply` of a target, with the figures. Nothing promotes itself: a person
 * runs `headstart promote`.
 *
 *   mode          days judged      sales reviewed            figures                                  →  PromotionReady
 *   Apply         any              any                       any                                         True, Promoted
 *   ForecastOnly  fewer than 3     any                       none                                        False, NotJudged
 *   ForecastOnly  3 or more        fewer than 2              any                                         False, TooFewSales
 *   ForecastOnly  3 or more        2 or more                 WAPE > 50 %, or less than 85 % of the       False, ForecastPoor
 *                                                            days or of a sale within P95
 *   ForecastOnly  3 or more        2 or more                 else                                        True, Justified
 */
export function promotionReady(
  { metadata, spec, status }: Pick<ScalingTarget, 'metadata' | 'spec' | 'status'>,
  salePlans: readonly SalePlan[],
): ConditionUpdate<'PromotionReady'> {
  if (spec.mode === 'Apply') return condition('PromotionReady', 'True', 'Promoted', 'Mode Apply is set.');
  const { accuracy } = status ?? {};
  const { wapePercent, coveragePercent } = accuracy ?? {};
  if (wapePercent === undefined || coveragePercent === undefined) {
    const message = 'Its forecasts are not judged yet: that takes three measured days.';
    return condition('PromotionReady', 'False', 'NotJudged', message);
  }
  const past = pastCoverage(metadata.name, salePlans, enoughSales);
  const days = `${accuracy?.days ?? 0} days: P50 off by ${formatShare(wapePercent)}, ${formatShare(coveragePercent)} within P95`;
  const figures = [...past.map(describePast), days].join('; ');
  if (past.length < enoughSales) {
    const message = `It takes ${enoughSales} sales that were watched, measured and reviewed, and has ${past.length}. ${figures}.`;
    return condition('PromotionReady', 'False', 'TooFewSales', message);
  }
  const isPoor =
    wapePercent > mostWapePercent ||
    [coveragePercent, ...past.map(one => one.coveragePercent)].some(share => share < leastCoveragePercent);
  return isPoor
    ? condition(
        'PromotionReady',
        'False',
        'ForecastPoor',
        `At least ${leastCoveragePercent} % must stay within P95, and P50 be off by ${mostWapePercent} % at most. ${figures}.`,
      )
    : condition(
        'PromotionReady',
        'True',
        'Justified',
        `${figures}. kubectl headstart promote ${metadata.name} sets mode Apply.`,
      );
}

function describePast({ salePlan, coveragePercent, peakErrorPercent }: PastCoverage): string {
  const within = `${salePlan}: ${formatShare(coveragePercent)} within P95`;
  if (peakErrorPercent === undefined) return within;
  return `${within}, peak ${peakErrorPercent > 0 ? '+' : ''}${formatShare(peakErrorPercent)}`;
}

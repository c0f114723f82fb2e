import type { ConditionUpdate } from '../../../api/condition.ts';
import type { SalePlan } from '../../../api/sale-plan.ts';
import type { ScalingTarget } from '../../../api/scaling-target.ts';
import { condition } from '../../condition.ts';
import { formatShare, pastCoverage } from './past-coverage.ts';

/** Share of demand within P95, in percent, below which forecasts count as drifted. */
export const leastCoveragePercent = 85;
const recentSales = 2;

/**
 * Tells whether fewer demand than promised stays within P95. It changes no number: the forecast's own bands widen by its
 * errors, and a second factor here would count them twice.
 *
 *   newest two days                      last two sales together          →  ForecastDrift
 *   below 85 %                           any                                 True
 *   any                                  below 85 %                          True
 *   not judged                           fewer than two                      False, NotJudged
 *   else                                                                     False
 */
export function forecastDrift(
  { metadata, status }: Pick<ScalingTarget, 'metadata' | 'status'>,
  salePlans: readonly SalePlan[],
): ConditionUpdate<'ForecastDrift'> {
  const days = status?.accuracy?.recentCoveragePercent;
  const past = pastCoverage(metadata.name, salePlans, recentSales);
  const sales =
    past.length < recentSales
      ? undefined
      : past.reduce((sum, { coveragePercent }) => sum + coveragePercent, 0) / past.length;
  const names = past.map(({ salePlan }) => salePlan).join(' and ');
  const told = [
    ...(days === undefined ? [] : [{ share: days, of: 'of the newest two days' }]),
    ...(sales === undefined ? [] : [{ share: sales, of: `of ${names}` }]),
  ];
  if (told.length === 0) {
    const message = 'Neither two days nor two sales are judged yet.';
    return condition('ForecastDrift', 'False', 'NotJudged', message);
  }
  const low = told.filter(({ share }) => share < leastCoveragePercent);
  const figures = (low.length > 0 ? low : told).map(({ share, of }) => `${formatShare(share)} ${of}`).join(', ');
  if (low.length === 0) return condition('ForecastDrift', 'False', 'Calibrated', `P95 held ${figures}.`);
  const message = `P95 held only ${figures}; ${leastCoveragePercent} % is the least. The forecast's own bands widen by these errors, and nothing is lowered for it. Look for a change of the query or of the traffic, and for sales that nobody announced.`;
  return condition('ForecastDrift', 'True', 'CoverageLow', message);
}

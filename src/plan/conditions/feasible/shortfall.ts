import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import type { FeasibleFinding } from '../../sale-finding.ts';

/**
 * Verdict of what forbids every raise of a target: `NoGo` while its minimum is below what the sale needs.
 *
 *   need of the sale   baseline   live minimum   →  verdict
 *   29                 4          4                 NoGo
 *   29                 4          35                AtRisk
 *   4                  4          1                 AtRisk     the baseline is no raise
 *   unknown            4          4                 NoGo
 *   any, ForecastOnly  any        any               AtRisk     it is not raised anyhow
 */
export function forbiddenRaise(
  { whole }: ScheduledSale,
  { name, observed, scaler, forecastOnlyBy }: DesiredFloor,
): FeasibleFinding['verdict'] {
  if (forecastOnlyBy !== undefined) return 'AtRisk';
  const needed = whole.get(name)?.replicas ?? Number.POSITIVE_INFINITY;
  const stands = Math.max(observed.target.spec.baseline.minReplicas, scaler?.minReplicas ?? 0);
  return needed > stands ? 'NoGo' : 'AtRisk';
}

import { isMissing } from '../../api/missing.ts';
import type { Limits, TargetObservation } from '../../observe/observation.ts';
import { settledCount } from '../demand/raising-actuals.ts';

/** Seconds of settled demand that count; newer demand that may still rise counts too. */
const recentSeconds = 600;

/** The highest demand of the newest minutes, in requests per second; undefined where it is missing or stale. */
export function recentDemand(
  { demand }: TargetObservation,
  { staleAfterSeconds }: Pick<Limits, 'staleAfterSeconds'>,
): number | undefined {
  if (isMissing(demand) || demand.ageSeconds > staleAfterSeconds) return undefined;
  const { values, stepSeconds } = demand.recent;
  const first = settledCount(demand) - Math.ceil(recentSeconds / stepSeconds);
  const newest = values.slice(Math.max(0, first)).filter(value => value !== null);
  return newest.length === 0 ? undefined : Math.max(...newest);
}

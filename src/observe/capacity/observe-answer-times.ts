import type { Series } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import type { DemandHistory } from '../demand-history.ts';

/** Days of answer times that are read: what is learned of them is kept in the status. */
const historyDays = 1;

/**
 * Reads the newest answer times of a target, as its demand is read and at its steps; undefined where it states no query
 * for its objective.
 */
export async function observeAnswerTimes(
  { objective, demand }: Pick<ScalingTargetSpec, 'objective' | 'demand'>,
  history: Pick<DemandHistory, 'observe'>,
  { now, namespace }: { readonly now: number; readonly namespace: string },
): Promise<{ readonly recent: Series } | Missing | undefined> {
  if (objective?.query === undefined) return undefined;
  const { source, stepSeconds } = demand;
  const asked = { source, query: objective.query, stepSeconds, historyDays };
  const observed = await history.observe(asked, now, namespace);
  return isMissing(observed) ? observed : { recent: observed.recent };
}

import type { Series } from '../../../forecasts/index.ts';
import type { Observation } from '../../observe/observation.ts';
import { ordinaryPiece, ordinarySeries } from '../../plan/demand/forecast-ordinary.ts';
import type { Plan } from '../../plan/plan.ts';
import { isReviewDue } from '../../review/is-review-due.ts';
import type { KeptForecasts } from '../forecasting/kept-forecasts.ts';

/** Demand that each entry point of a sale would have had without it, by target; undefined where it is unknown. */
export type SaleBases = Readonly<Record<string, Series | undefined>>;

/**
 * Forecasts the demand without the sale for every sale that is due for its review, by SalePlan. A sale has no entry
 * while a forecast is still being made: its review waits for the next reconcile.
 */
export async function readBases(
  observation: Observation,
  plan: Plan,
  forecasts: Pick<KeptForecasts, 'piece'>,
): Promise<ReadonlyMap<string, SaleBases>> {
  const targets = new Map(observation.targets.map(({ target }) => [target.metadata.name, target]));
  const due = plan.sales.filter(outlook => isReviewDue(outlook, observation.targets, plan.now));
  const read = due.map(async ({ salePlan, entryPoints, start, end }) => {
    const bases = await Promise.all(
      entryPoints.map(async (name): Promise<readonly [string, Series | 'Pending' | undefined]> => {
        const target = targets.get(name);
        if (target === undefined) return [name, undefined];
        const window = { start, end, stepSeconds: target.spec.demand.stepSeconds };
        const made = await forecasts.piece(observation.namespace, name, at => ordinaryPiece(at, window));
        return [name, made === undefined || made === 'Pending' ? made : ordinarySeries(made)];
      }),
    );
    const known = bases.flatMap(([name, base]) => (base === 'Pending' ? [] : [[name, base] as const]));
    return known.length < bases.length ? undefined : ([salePlan, Object.fromEntries(known)] as const);
  });
  return new Map((await Promise.all(read)).filter(entry => entry !== undefined));
}

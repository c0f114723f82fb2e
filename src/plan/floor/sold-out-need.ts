import { formatMinute } from '../../api/instant.ts';
import { formatPerSecond, formatQuantity } from '../../api/quantity.ts';
import type { Limits, TargetObservation } from '../../observe/observation.ts';
import { recentDemand } from './recent-demand.ts';
import type { ReplicaNeed } from './replicas/replica-rule.ts';
import type { SaleNeed, SoldOut } from './sale-need.ts';

/**
 * Changes the need of a sale that is sold out from its forecast to the demand of the newest minutes; while that is not
 * known it stays as it is.
 */
export function soldOutNeed(need: SaleNeed, observed: TargetObservation, limits: Limits): SaleNeed {
  const since = need.occurrence.stock?.soldOutSince;
  const demand = since === undefined ? undefined : recentDemand(observed, limits);
  return since === undefined || demand === undefined ? need : { ...need, soldOut: { since, demand } };
}

/** The need for the demand that is left once a sale is sold out. */
export function needWhenSoldOut({ occurrence }: SaleNeed, { since, demand }: SoldOut): ReplicaNeed {
  const { sale } = occurrence;
  const message = () =>
    `${sale} is sold out: ${formatQuantity(demand)} requests/s at the highest of the newest minutes`;
  const asker = () => {
    const left = `demand of the newest minutes ${formatPerSecond(demand)}`;
    return { demand: `${sale} is sold out since ${formatMinute(since)}, ${left}` };
  };
  return {
    reason: 'SaleRunning',
    demand,
    replicas: 0,
    asker,
    steps: [{ rule: 'soldOut', value: demand, unit: 'requests/s', message }],
  };
}

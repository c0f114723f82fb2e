import type { TargetReview } from '../api/learned/sale-review.ts';
import type { TargetCost } from '../plan/cost/target-costs.ts';

/** What a sale had of replicas and lacked of capacity at one target, as it was and with the HPA alone. */
export interface SpentReplicas {
  readonly replicaHoursOver: number;
  readonly requestsShort: number;
  readonly requestsShortAlone: number;
}

/** The highest amount that is recorded: a demand that cannot be meant gives one that cannot either. */
const highestAmount = 1e15;

/** Turns idle replicas and lost requests into money; empty where no cost is stated, without losses where orders are not. */
export function judgeMoney(
  { replicaHoursOver, requestsShort, requestsShortAlone }: SpentReplicas,
  cost: Pick<TargetCost, 'replicaHour' | 'lossPerRequest'> | undefined,
): Pick<TargetReview, 'idleCost' | 'lossShort' | 'lossShortWithoutPrescale'> {
  if (cost === undefined) return {};
  const { replicaHour, lossPerRequest } = cost;
  const idleCost = amountOf(replicaHoursOver * replicaHour);
  if (lossPerRequest === undefined) return { idleCost };
  return {
    idleCost,
    lossShort: amountOf(requestsShort * lossPerRequest),
    lossShortWithoutPrescale: amountOf(requestsShortAlone * lossPerRequest),
  };
}

function amountOf(value: number): number {
  return Math.min(highestAmount, value);
}

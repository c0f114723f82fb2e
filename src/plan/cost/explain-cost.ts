import { levelName } from '../../api/amounts/level-name.ts';
import { formatMoney } from '../../api/amounts/money.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { TargetCost } from './target-costs.ts';

/** A step whose message is built only when it is read. */
type CostStep = Omit<ReasonStep, 'message'> & { readonly message: () => string };

/** The step that tells which quantile level a floor is sized by, and why; none where the policy states no cost. */
export function costSteps(cost: TargetCost | undefined): readonly CostStep[] {
  if (cost === undefined) return [];
  const message = () => `${levelName(cost.level)} sizes the floor: ${describeCost(cost)}`;
  return [{ rule: 'quantile', value: Number((100 * cost.level).toPrecision(6)), unit: '%', message }];
}

function describeCost({ currency, tier, replicaHour, lossPerReplicaHour }: TargetCost): string {
  const price = `an idle replica costs ${formatMoney(replicaHour, currency)} per hour`;
  return lossPerReplicaHour === undefined
    ? `${price}, and what a lost order costs is not stated (orderValue and ordersPerHundredRequests)`
    : `${price}, a missing one loses orders of ${formatMoney(lossPerReplicaHour, currency)} per hour (tier ${tier})`;
}

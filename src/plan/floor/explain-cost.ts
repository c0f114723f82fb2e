import { levelName } from '../../api/level-name.ts';
import { formatMoney } from '../../api/money.ts';
import type { TargetCost } from '../cost/target-costs.ts';
import type { ReplicaStep } from './replicas/replica-rule.ts';

/** The step that tells which quantile level a floor is sized by, and why; none where the policy states no cost. */
export function costSteps(cost: TargetCost | undefined): readonly ReplicaStep[] {
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

import { formatQuantity } from '../../../api/quantity.ts';
import { mapDemands, type ReplicaRule } from './replica-rule.ts';

/** Demand with the target's headroom: × (1 + headroomPercent ÷ 100). */
export const addHeadroom: ReplicaRule = (numbers, context) =>
  mapDemands(numbers, context, (need, { spec, sizing }) => {
    const demand = need.demand * sizing.headroomRatio;
    const message = () => `+ ${spec.headroomPercent} % headroom: ${formatQuantity(demand)} requests/s`;
    return {
      ...need,
      demand,
      steps: [...need.steps, { rule: 'headroom', value: demand, unit: 'requests/s', message }],
    };
  });

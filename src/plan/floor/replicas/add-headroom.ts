import { formatQuantity } from '../../../api/quantity.ts';
import { mapDemands } from './map-demands.ts';
import type { ReplicaRule } from './replica-rule.ts';

/** Multiplies demand by the target's headroom: × (1 + headroomPercent ÷ 100). */
export const addHeadroom: ReplicaRule = (numbers, context) =>
  mapDemands(numbers, context, {
    size: (demand, { sizing }) => ({ demand: demand * sizing.headroomRatio, replicas: 0 }),
    explain: ({ demand: value }, { spec }) => {
      const message = () => `+ ${spec.headroomPercent} % headroom: ${formatQuantity(value)} requests/s`;
      return { rule: 'headroom', value, unit: 'requests/s', message };
    },
  });

import { levelName } from '../../api/amounts/level-name.ts';
import { formatMoney } from '../../api/amounts/money.ts';
import type { PlannedTarget } from '../../api/sale-plan.ts';
import { formatTable } from '../output/format-table.ts';

/** Formats what each target would cost if another quantile sized its floor; empty where the policy states no cost. */
export function formatCosts(targets: readonly PlannedTarget[]): string {
  const rows = targets.flatMap(costRows);
  if (rows.length === 0) return '';
  return formatTable([['  SERVICE', 'QUANTILE', 'REPLICAS', 'THEIR PRICE', 'ORDERS LOST', ''], ...rows]);
}

function costRows({ target, cost }: PlannedTarget): readonly (readonly string[])[] {
  if (cost === undefined) return [];
  return cost.options.map(({ level, replicas, replicaCost, expectedLoss }) => [
    `  ${target}`,
    levelName(level),
    String(replicas),
    formatMoney(replicaCost, cost.currency),
    expectedLoss === undefined ? '?' : formatMoney(expectedLoss, cost.currency),
    level === cost.level ? 'planned' : '',
  ]);
}

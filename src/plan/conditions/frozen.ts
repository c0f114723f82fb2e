import type { ConditionUpdate } from '../../api/condition.ts';
import { breakGlassAnnotation } from '../../api/group.ts';
import { formatInstant } from '../../api/instant.ts';
import { type DeployFreeze, openFreeze } from '../../api/series/deploy-freezes.ts';
import { condition } from '../condition.ts';

/** Whether a freeze window of the policy is open at `now` (epoch ms); `freezes` is undefined when none is stated. */
export function frozen(freezes: readonly DeployFreeze[] | undefined, now: number): ConditionUpdate<'Frozen'> {
  if (freezes === undefined) return condition('Frozen', 'False', 'NoFreeze', 'No freeze is stated.');
  const open = openFreeze(freezes, now);
  if (open !== undefined) {
    const until = `Pod templates are frozen until ${formatInstant(open.end)} around ${nameSales(open)}.`;
    const mend = `In need, the annotation ${breakGlassAnnotation}="${formatInstant(open.start)} WHY" on a workload lets its template be changed.`;
    return condition('Frozen', 'True', 'SaleNear', `${until} ${mend}`);
  }
  const next = freezes.find(({ start }) => start > now);
  const message =
    next === undefined
      ? 'No sale in view has a freeze window.'
      : `The next freeze is from ${formatInstant(next.start)} to ${formatInstant(next.end)}, around ${nameSales(next)}.`;
  return condition('Frozen', 'False', 'NoSaleNear', message);
}

/** Names the sales of a window: all, or the first three and how many more there are. */
export function nameSales({ sales }: Pick<DeployFreeze, 'sales'>): string {
  const [more, named] = [sales.length - 3, sales.slice(0, 3).join(', ')];
  return more > 0 ? `${named} and ${more} more` : named;
}

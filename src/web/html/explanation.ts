import type { Condition } from '../../api/condition.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import { type Html, html } from '../../report/html/html.ts';
import { table } from '../../report/html/table.ts';

type Step = Omit<ReasonStep, 'rule'> & { readonly rule: string };

/** Shows how a number came about, in the words of `headstart explain`. */
export function stepTable(because: readonly Step[], caption = 'From the forecast to the bounds'): Html {
  if (because.length === 0) return html`<p class="empty">No step is recorded.</p>`;
  const rows = because.map(({ rule, value, unit, message }) => [rule, `${value} ${unit}`, message]);
  return table({ caption, head: ['Step', 'Value', 'Why'], rows, numbers: [1] });
}

/** Shows conditions as the object's status has them. */
export function conditionList(conditions: readonly Condition[]): Html {
  const rows = conditions.map(({ type, status, reason, message }) => [type, status, reason, message]);
  return table({ caption: 'Conditions', head: ['Condition', 'Status', 'Reason', 'Message'], rows });
}

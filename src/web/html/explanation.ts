import type { Condition } from '../../api/condition.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import { type Html, html, type Part } from '../../report/html/html.ts';
import { table } from '../../report/html/table.ts';

type Step = Omit<ReasonStep, 'rule'> & { readonly rule: string };

/** Shows how a number came about, in the words of `headstart explain`. */
export function stepTable(because: readonly Step[], caption = 'From the forecast to the bounds'): Html {
  if (because.length === 0) return html`<p class="empty">No step is recorded.</p>`;
  const rows = because.map(({ rule, value, unit, message }) => [rule, `${value} ${unit}`, message]);
  return table({ caption, head: ['Step', 'Value', 'Why'], rows, numbers: [1], sentences: [2] });
}

/** Says how far above the expected peak demand may go, in the words of `headstart explain`; nothing where no reason is told. */
export function rangeNote(range: string | undefined): Part {
  return range !== undefined && html`<p class="quiet">Demand may be ${range}.</p>`;
}

/** Shows conditions as the object's status has them. */
export function conditionList(conditions: readonly Condition[]): Html {
  const rows = conditions.map(({ type, status, reason, message }) => [type, status, reason, message]);
  return table({ caption: 'Conditions', head: ['Condition', 'Status', 'Reason', 'Message'], rows, sentences: [3] });
}

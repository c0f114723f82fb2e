import { formatNumber } from '../../report/format-number.ts';
import { html, type Part } from '../../report/html/html.ts';
import { table } from '../../report/html/table.ts';
import type { SaleView } from '../views/sale-view.ts';

/** Lists the limits that a sale meets: how much of each it uses at its peak, which binds, who pays, what would lift it. */
export function limitTable(limits: SaleView['limits']): Part {
  if (limits === undefined || limits.length === 0) return undefined;
  return [
    html`<h2 id="limits">Limits</h2>`,
    table({
      caption: 'Limits at the peak of the sale',
      head: ['Limit', 'Total', 'Used', 'Needed', 'Lacking', 'Gets less', 'What lifts it'],
      numbers: [1, 2, 3, 4],
      sentences: [5, 6],
      rows: limits.map(({ limit, total, used, needed, payers, mend }) => [
        limit,
        whole(total),
        `${whole(used)}${total > 0 ? ` (${Math.round((100 * used) / total)} %)` : ''}`,
        whole(needed),
        needed > total
          ? html`<span class="badge nogo"><span aria-hidden="true">✕</span> ${whole(needed - total)}</span>`
          : html`<span class="badge go"><span aria-hidden="true">✓</span> none</span>`,
        needed <= total
          ? '–'
          : payers.length === 0
            ? 'shared out when it is due'
            : payers.map(({ target, replicas, of }) => `${target}: ${replicas} of ${of} replicas`).join(', '),
        mend ?? '–',
      ]),
    }),
  ];
}

/** A number of units, rounded up: a unit that is needed in part is needed. */
function whole(units: number): string {
  return formatNumber(Math.ceil(units - 1e-9));
}

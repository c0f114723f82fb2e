import { type Html, html, type Part } from '../../report/html/html.ts';
import { table } from '../../report/html/table.ts';
import { formatDay } from '../../report/local-time.ts';
import type { SaleView } from '../views/sale-view.ts';
import { times } from './words.ts';

const size = { width: 960, height: 220, left: 8, bottom: 24 };

/** Lays the earlier sales of the same name over each other, each from its own start, and lists what they did. */
export function pastFigure({ past, timeZone }: SaleView): Part {
  if (past.length === 0) return undefined;
  const rows = past.map(({ salePlan, start, suggestedPercent }) => [
    salePlan,
    formatDay(start, timeZone),
    suggestedPercent === undefined ? 'not measured' : times(suggestedPercent),
  ]);
  return [
    html`<h2>Earlier sales</h2>`,
    overlay(past),
    table({ caption: 'Earlier sales', head: ['SalePlan', 'Day', 'Measured peak, as to state'], rows }),
  ];
}

function overlay(past: SaleView['past']): Html | undefined {
  const drawn = past.filter(({ demand }) => demand.filter(value => value !== null).length > 1);
  const minutes = drawn.flatMap(one => one.minutes);
  const highest = Math.max(0, ...drawn.flatMap(({ demand }) => demand.map(value => value ?? 0)));
  if (drawn.length === 0 || highest === 0) return undefined;
  const [from, until] = [Math.min(...minutes), Math.max(...minutes, Math.min(...minutes) + 1)];
  const x = (minute: number) =>
    Math.round(size.left + ((minute - from) / (until - from)) * (size.width - 2 * size.left));
  const y = (value: number) => Math.round((size.height - size.bottom) * (1 - value / highest) + 8);
  const lines = drawn.map(({ salePlan, minutes: own, demand }, index) => {
    const points = own.flatMap((minute, at) => (demand[at] == null ? [] : [`${x(minute)},${y(demand[at])}`]));
    return html`<polyline class="past past-${index}" points="${points.join(' ')}"><title>${salePlan}</title></polyline>`;
  });
  return html`<figure><svg class="overlay" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="Demand of the earlier sales, each from its own start">${lines}<line class="axis" x1="${x(0)}" x2="${x(0)}" y1="0" y2="${size.height - size.bottom}"/><text x="${x(0) + 4}" y="14">start</text></svg><figcaption>Demand of the earlier sales, each from its own start; the newest is the strongest line.</figcaption></figure>`;
}

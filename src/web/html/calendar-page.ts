import { formatMoney } from '../../api/amounts/money.ts';
import { formatNumber } from '../../report/format-number.ts';
import { type Html, html, type Part } from '../../report/html/html.ts';
import { table } from '../../report/html/table.ts';
import { formatDay } from '../../report/local-time.ts';
import type { CalendarRow, CalendarView } from '../views/calendar-view.ts';
import { away, shortWhen, times, verdictBadge } from './words.ts';

const mostPast = 50;
const mostFreezes = 20;

/** Renders all sales, the times in which deploys are frozen for them, and what they ask of the cluster week by week. */
export function calendarPage({ asOf, sales, weeks, freezes, unreadable }: CalendarView): Part {
  const [past, others] = [sales.filter(({ stage }) => stage === 'Past'), sales.filter(({ stage }) => stage !== 'Past')];
  const shown = past.slice(0, mostPast);
  return [
    html`<h1>Sales</h1>`,
    unreadable.length > 0 &&
      html`<p class="notice" role="status">${unreadable.length} objects cannot be read and are not shown: ${unreadable.slice(0, 5).join(', ')}.</p>`,
    others.length === 0
      ? html`<p class="empty">No sale runs or is announced. A FlashSale that is applied appears here at once.</p>`
      : list('Running and coming', others, asOf),
    freezes.length > 0 && freezeTable(freezes, asOf),
    weeks.length > 0 && weekTable(weeks),
    shown.length > 0 &&
      list(past.length > shown.length ? `Past, the newest ${shown.length} of ${past.length}` : 'Past', shown, asOf),
  ];
}

function list(caption: string, rows: readonly CalendarRow[], now: number): Html {
  return table({
    caption,
    head: ['Sale', 'When', 'Verdict', 'Peak', 'Extra replicas', 'Notes'],
    numbers: [4],
    rows: rows.map(row => [
      html`<a href="${saleHref(row)}">${row.sale}</a><br><small>${row.namespace}</small>`,
      html`${shortWhen(row.start, row.timeZone)}<br><small>${row.timeZone} · ${whenRuns(row, now)}</small>`,
      row.stage === 'Past'
        ? html`<span class="badge quiet">over</span>`
        : row.stage === 'Cancelled'
          ? html`<span class="badge quiet">cancelled</span>`
          : verdictBadge(row.verdict),
      peakOf(row),
      row.extraReplicas === undefined ? '–' : formatNumber(row.extraReplicas),
      notesOf(row).join(' · '),
    ]),
  });
}

function whenRuns({ stage, start, end }: CalendarRow, now: number): string {
  if (stage === 'Running') return `runs, ends ${away(end, now)}`;
  return stage === 'Past' ? `ended ${away(end, now)}` : `starts ${away(start, now)}`;
}

/** The address of a sale's view. */
export function saleHref({ namespace, sale, salePlan }: Pick<CalendarRow, 'namespace' | 'sale' | 'salePlan'>): string {
  return `/sales/${encodeURIComponent(namespace)}/${encodeURIComponent(salePlan ?? sale)}`;
}

function peakOf({ statedPercent, plannedPercent }: CalendarRow): string {
  const stated = statedPercent === undefined ? 'not stated' : `stated ${times(statedPercent)}`;
  return plannedPercent === undefined ? stated : `planned ${times(plannedPercent)}, ${stated}`;
}

function notesOf({ approval, isRecurring, overlaps, salePlan }: CalendarRow): readonly string[] {
  return [
    ...(approval === 'Waiting' ? ['waits for approval'] : approval === 'Approved' ? ['approved'] : []),
    ...(isRecurring ? ['recurring'] : []),
    ...(overlaps.length > 0 ? [`overlaps ${overlaps.join(', ')}`] : []),
    ...(salePlan === undefined ? ['not planned yet'] : []),
  ];
}

function freezeTable(freezes: CalendarView['freezes'], now: number): Html {
  const shown = freezes.slice(0, mostFreezes);
  return table({
    caption: `Freeze windows: pod templates change only by break-glass${freezes.length > shown.length ? `, the next ${shown.length} of ${freezes.length}` : ''}`,
    head: ['From', 'Until', 'Namespace', 'For'],
    rows: shown.map(({ namespace, start, end, sales, isOpen }) => [
      html`${shortWhen(start, 'UTC')}<br><small>UTC · ${isOpen ? html`<span class="badge atrisk">open now</span>` : `opens ${away(start, now)}`}</small>`,
      html`${shortWhen(end, 'UTC')}<br><small>UTC · ends ${away(end, now)}</small>`,
      namespace,
      sales.join(', '),
    ]),
  });
}

function weekTable(weeks: CalendarView['weeks']): Html {
  const isPriced = weeks.some(({ money }) => money.length > 0);
  return table({
    caption: 'Asked of the cluster per week, above the baselines',
    head: ['Week from', 'Sales', 'Most replicas at once', 'Replica-hours', ...(isPriced ? ['Cost'] : [])],
    numbers: isPriced ? [1, 2, 3, 4] : [1, 2, 3],
    rows: weeks.map(({ start, sales, extraReplicas, replicaHours, money }) => [
      formatDay(start, 'UTC'),
      formatNumber(sales),
      formatNumber(extraReplicas),
      formatNumber(replicaHours),
      ...(isPriced ? [money.map(({ amount, currency }) => formatMoney(amount, currency)).join(', ') || '–'] : []),
    ]),
  });
}

import { formatDuration } from '../../api/duration.ts';
import type { OrdinaryWeek } from '../../api/learned/ordinary-week.ts';
import { localTime, zoneOf } from '../options/one-zone.ts';
import type { TableForm } from '../options/view-options.ts';
import { formatTable } from '../output/format-table.ts';
import type { Glance, SaleGlance, TargetGlance } from './glance.ts';

/** How a glance is shown. */
export interface GlanceForm extends TableForm {
  /** Number of sales that are left out because they are over. */
  readonly over: number;
}

/** Longest reason in characters in a table that is not wide. */
const shortReason = 72;

/** Formats sales and targets as two tables, with times in the zone of the sales, or in UTC where they differ. */
export function formatGlance({ sales, targets }: Glance, form: GlanceForm): string {
  const timeZone = zoneOf(
    sales.map(one => one.timeZone),
    form.utc,
  );
  const parts = [
    sales.length === 0
      ? describeNone(form.over)
      : `${formatRows(saleColumns(timeZone), sales, form)}Times are in ${timeZone}.\n`,
    targets.length === 0 ? 'No workload has a ScalingTarget.\n' : formatRows(targetColumns, targets, form),
  ];
  return parts.join('\n');
}

function describeNone(over: number): string {
  if (over === 0) return 'No sale is announced.\n';
  return `No sale is ahead; ${over === 1 ? '1 is' : `${over} are`} over: --all shows ${over === 1 ? 'it' : 'them'}.\n`;
}

interface Column<T> {
  readonly title: string;
  readonly when?: 'all' | 'wide';
  cell(row: T, form: GlanceForm): string;
}

function saleColumns(timeZone: string): readonly Column<SaleGlance>[] {
  return [
    { title: 'NAMESPACE', when: 'all', cell: ({ namespace }) => namespace },
    { title: 'SALE', cell: ({ name }) => name },
    { title: 'START', cell: ({ start }) => (start === undefined ? '?' : localTime(start, timeZone)) },
    { title: 'WHEN', cell: (sale, { now }) => describeWhen(sale, now) },
    { title: 'STATED', when: 'wide', cell: ({ statedPercent }) => times(statedPercent) },
    { title: 'PEAK', cell: ({ peakPercent }) => times(peakPercent) },
    { title: 'EXTRA', cell: ({ extraReplicas }) => `${extraReplicas ?? '-'}` },
    { title: 'VERDICT', cell: ({ verdict }) => verdict },
    { title: 'WHY', cell: ({ why }, form) => reason(why, form) },
  ];
}

const targetColumns: readonly Column<TargetGlance>[] = [
  { title: 'NAMESPACE', when: 'all', cell: ({ namespace }) => namespace },
  { title: 'TARGET', cell: ({ name }) => name },
  { title: 'MODE', cell: ({ mode }) => mode },
  { title: 'BASELINE', cell: ({ baseline }) => baseline },
  { title: 'BOUNDS', cell: ({ bounds, isRaised }) => (isRaised ? `${bounds} raised` : bounds) },
  { title: 'CEILING', cell: ({ ceiling }) => `${ceiling ?? '-'}` },
  { title: 'PAUSED', when: 'wide', cell: ({ paused }) => paused },
  { title: 'SAVED', when: 'wide', cell: ({ ordinaryPeaks: week }) => (week === undefined ? '-' : savedBy(week)) },
  { title: 'READY', cell: ({ ready }) => ready },
  { title: 'WHY', cell: ({ why }, form) => reason(why, form) },
];

function formatRows<T>(columns: readonly Column<T>[], rows: readonly T[], form: GlanceForm): string {
  const shown = columns.filter(({ when }) => when === undefined || (when === 'all' ? form.allNamespaces : form.wide));
  return formatTable([shown.map(({ title }) => title), ...rows.map(row => shown.map(({ cell }) => cell(row, form)))]);
}

/** `in 3 d 4 h`, `1 h 5 min left`, `over for 2 h` */
export function describeWhen({ start, end }: Pick<SaleGlance, 'start' | 'end'>, now: number): string {
  if (start === undefined || end === undefined) return '?';
  if (now < start) return `in ${formatDuration((start - now) / 1000)}`;
  return now < end ? `${formatDuration((end - now) / 1000)} left` : `over for ${formatDuration((now - end) / 1000)}`;
}

function times(percent: number | undefined): string {
  return percent === undefined ? '-' : `${Number((percent / 100).toPrecision(2))}×`;
}

/** Seconds short that raising ordinary peaks saved in seven days, and what they cost: `14 min for 12 h`. */
function savedBy({ secondsShort, secondsShortAlone, replicaHours }: OrdinaryWeek): string {
  const saved = formatDuration(Math.max(0, secondsShortAlone - secondsShort));
  return `${saved} for ${Number(replicaHours.toPrecision(2))} replica-hours`;
}

function reason(why: string, { wide }: GlanceForm): string {
  if (wide || why.length <= shortReason) return why;
  return `${why.slice(0, shortReason - 1).trimEnd()}…`;
}

import { ownValue } from '../../../api/names/own-value.ts';

/** The order in which a date names day, month and year. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** A time as it stands in a cell: an instant, or what clocks of some zone show. */
export type WrittenTime =
  /** Epoch ms. */
  | { readonly kind: 'Instant'; readonly at: number; readonly form: string }
  /** The epoch ms at which clocks of UTC show it, or undefined when there is no such day. */
  | { readonly kind: 'Local'; readonly local: number; readonly form: string }
  /** A date such as 5/6/2026, whose order the cell does not tell. */
  | {
      readonly kind: 'Unordered';
      readonly first: number;
      readonly second: number;
      /** The local time in a given order; undefined when there is no such day. */
      readonly inOrder: (order: 'dmy' | 'mdy') => number | undefined;
      /** Milliseconds that clocks are ahead of UTC, where the cell tells. */
      readonly offset: number | undefined;
      readonly separator: string;
    };

const time =
  '(?:(?:[T, ]| ?@| at )\\s*(?<h>\\d{1,2})(?::(?<mi>\\d{2})(?::(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?)?|(?=\\s*(?:[ap]\\.?m|Uhr)))\\s*(?<half>[ap]\\.?m\\.?)?(?:\\s*Uhr)?)?';
const zone = '\\s*(?<zone>Z|[A-Z]{3,4}|(?:UTC|GMT)?[+-]\\d{1,2}(?::?\\d{2})?(?:\\s*(?:[A-Z]{3,4}|\\([^)]*\\)))?)?';
const weekday = '(?:[A-Za-zÄÖÜäöü]{2,10}\\.?,? )?';
const forms: readonly (readonly [form: string, pattern: RegExp])[] = [
  ['yyyy-mm-dd', pattern('(?<y>\\d{4})(?<sep>[-/.])(?<m>\\d{1,2})\\k<sep>(?<d>\\d{1,2})')],
  ['dd.mm.yyyy', pattern('(?<d>\\d{1,2})\\.(?<m>\\d{1,2})\\.(?<y>\\d{4}|\\d{2})')],
  ['d/m', pattern('(?<a>\\d{1,2})(?<sep>[-/])(?<b>\\d{1,2})\\k<sep>(?<y>\\d{4}|\\d{2})')],
  ['dd month yyyy', pattern('(?<d>\\d{1,2})\\.?[- /](?<name>[A-Za-zä]{3,9})\\.?[- /](?<y>\\d{4}|\\d{2})')],
  ['month dd, yyyy', pattern('(?<name>[A-Za-zä]{3,9})\\.? (?<d>\\d{1,2}),? (?<y>\\d{4})')],
];

function pattern(date: string): RegExp {
  return new RegExp(`^${weekday}${date}${time}${zone}$`, 'i');
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const german: Readonly<Record<string, string>> = { mär: 'mar', mae: 'mar', mai: 'may', okt: 'oct', dez: 'dec' };
const namedOffsets: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  CET: 1,
  CEST: 2,
  MEZ: 1,
  MESZ: 2,
  EST: -5,
  EDT: -4,
  PST: -8,
  PDT: -7,
};

/**
 * Parses a time as RFC 3339, Excel, pandas, PostgreSQL, Grafana, Datadog, InfluxDB, Kibana and CloudWatch write it, or as
 * seconds, milliseconds, microseconds or nanoseconds since 1970. Returns undefined when it is none of these.
 */
export function parseWrittenTime(cell: string): WrittenTime | undefined {
  const epoch = epochOf(cell);
  if (epoch !== undefined) return { kind: 'Instant', ...epoch };
  for (const [form, shape] of forms) {
    const groups = shape.exec(cell)?.groups;
    if (groups !== undefined) return timeOf(form, groups);
  }
  return undefined;
}

/** Parses Excel's number of days since 1900 in the years 2000 to 2099, to the second; returns local epoch ms. */
export function parseExcelDays(cell: string): number | undefined {
  if (!/^\d{5}(?:[.,]\d+)?$/.test(cell)) return undefined;
  const days = Number(cell.replace(',', '.'));
  return days >= 36_526 && days < 73_051 ? Math.round((days - 25_569) * 86_400) * 1000 : undefined;
}

function epochOf(cell: string): { readonly at: number; readonly form: string } | undefined {
  const [, whole = '', rest = ''] = /^(\d{9,19})([.,]\d+)?$/.exec(cell) ?? [];
  const value = Number(`${whole}${rest.replace(',', '.')}`);
  if (whole.length >= 9 && whole.length <= 11) return { at: Math.round(value * 1000), form: 'seconds' };
  if (whole.length >= 12 && whole.length <= 14) return { at: Math.round(value), form: 'milliseconds' };
  if (whole.length >= 15 && whole.length <= 17) return { at: Math.round(value / 1e3), form: 'microseconds' };
  if (whole.length >= 18) return { at: Math.round(value / 1e6), form: 'nanoseconds' };
  return undefined;
}

function timeOf(form: string, groups: Readonly<Record<string, string | undefined>>): WrittenTime | undefined {
  const clock = clockOf(groups);
  const offset = groups.zone === undefined ? undefined : offsetOf(groups.zone);
  if (clock === undefined || (groups.zone !== undefined && offset === undefined)) return undefined;
  const year = Number(groups.y) + (groups.y?.length === 2 ? 2000 : 0);
  if (form === 'd/m') {
    const [first, second] = [Number(groups.a), Number(groups.b)];
    const inOrder = (order: 'dmy' | 'mdy') => {
      const day = order === 'dmy' ? dayOf(year, second, first) : dayOf(year, first, second);
      return day === undefined ? undefined : day + clock;
    };
    return { kind: 'Unordered', first, second, inOrder, offset, separator: groups.sep ?? '/' };
  }
  const month = groups.name === undefined ? Number(groups.m) : monthOf(groups.name);
  const day = dayOf(year, month, Number(groups.d));
  if (day === undefined) return undefined;
  return offset === undefined
    ? { kind: 'Local', local: day + clock, form }
    : { kind: 'Instant', at: day + clock - offset, form };
}

/** Milliseconds since midnight; undefined when there is no such time. */
function clockOf({ h = '0', mi = '0', s = '0', f = '', half }: Readonly<Record<string, string | undefined>>) {
  const [hour, minute, second] = [Number(h), Number(mi), Number(s)];
  if (minute > 59 || second > 59 || hour > 23 || (half !== undefined && (hour < 1 || hour > 12))) return undefined;
  const ofDay = half === undefined ? hour : (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  return ((ofDay * 60 + minute) * 60 + second) * 1000 + Math.floor(Number(f.padEnd(3, '0').slice(0, 3)));
}

/** Milliseconds that a zone is ahead of UTC; undefined when its letters have several meanings. */
function offsetOf(text: string): number | undefined {
  const [, sign, hours, minutes = '0'] = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?/i.exec(text) ?? [];
  if (sign !== undefined && Number(hours) <= 14 && Number(minutes) <= 59)
    return (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const named = ownValue(namedOffsets, text.toUpperCase());
  return named === undefined ? undefined : named * 3_600_000;
}

function monthOf(name: string): number {
  const start = name.toLowerCase().slice(0, 3);
  return months.indexOf(ownValue(german, start) ?? start) + 1;
}

/** Epoch ms of a day's midnight in UTC; undefined when there is no such day. */
function dayOf(year: number, month: number, day: number): number | undefined {
  const midnight = new Date(Date.UTC(year, month - 1, day));
  return midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day ? midnight.getTime() : undefined;
}

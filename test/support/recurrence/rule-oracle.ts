/**
 * Starts of a series by another way than the code under test: every day of the span is asked, part by part, whether the
 * rule has it, with integer arithmetic on days since 1970; local times are looked up by trying the offsets that
 * `Intl.DateTimeFormat` shows around them. Serves FREQ, INTERVAL, COUNT, BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS and BYHOUR.
 */
export interface OracleRule {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count?: number | undefined;
  /** Weekdays, 0 = Monday, each with the n of 2FR or −1FR (0 = every). */
  readonly days?: readonly (readonly [nth: number, weekday: number])[] | undefined;
  readonly months?: readonly number[] | undefined;
  readonly monthDays?: readonly number[] | undefined;
  readonly setPositions?: readonly number[] | undefined;
  readonly hours?: readonly number[] | undefined;
}

/** A local date and time. */
export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const dayMs = 86_400_000;
const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Writes the rule as RFC 5545 does. */
export function ruleText(rule: OracleRule): string {
  const list = (name: string, values: readonly (number | string)[] | undefined) =>
    values === undefined ? [] : [`${name}=${values.join(',')}`];
  return [
    `FREQ=${rule.freq}`,
    ...(rule.interval === 1 ? [] : [`INTERVAL=${rule.interval}`]),
    ...(rule.count === undefined ? [] : [`COUNT=${rule.count}`]),
    ...list(
      'BYDAY',
      rule.days?.map(([nth, day]) => `${nth === 0 ? '' : nth}${names[day]}`),
    ),
    ...list('BYMONTH', rule.months),
    ...list('BYMONTHDAY', rule.monthDays),
    ...list('BYHOUR', rule.hours),
    ...list('BYSETPOS', rule.setPositions),
  ].join(';');
}

/** The starts of a series up to `untilMs`, epoch ms, ascending. */
export function oracleStarts(first: Wall, zone: string, rule: OracleRule, untilMs: number): readonly number[] {
  const startDay = dayNumber(first.year, first.month, first.day);
  const lastDay = Math.floor(untilMs / dayMs) + 2;
  const periods = new Map<number, Wall[]>();
  for (let day = startDay - 400; day <= lastDay + 400; day++) {
    const period = periodOf(day, startDay, rule.freq);
    if (((period % rule.interval) + rule.interval) % rule.interval !== 0) continue;
    if (!hasDay(day, first, startDay, rule)) continue;
    for (const hour of (rule.hours ?? [first.hour]).toSorted((a, b) => a - b)) {
      const wall = { ...civil(day), hour, minute: first.minute };
      periods.set(period, [...(periods.get(period) ?? []), wall]);
    }
  }
  const walls = [...periods.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, all]) => {
      const positions = rule.setPositions;
      if (positions === undefined) return all;
      return all.filter((_, at) => positions.includes(at + 1) || positions.includes(at - all.length));
    });
  const later = walls.filter(wall => wallMs(wall) > wallMs(first));
  const counted = [first, ...later].slice(0, rule.count);
  return [...new Set(counted.map(wall => instantOf(wall, zone)))].filter(at => at <= untilMs).sort((a, b) => a - b);
}

/** The period that a day is in: days, weeks from Monday, months or years since the first start's. */
function periodOf(day: number, startDay: number, freq: OracleRule['freq']): number {
  const [at, first] = [civil(day), civil(startDay)];
  if (freq === 'DAILY') return day - startDay;
  if (freq === 'WEEKLY') return Math.floor((day + 3) / 7) - Math.floor((startDay + 3) / 7);
  if (freq === 'MONTHLY') return (at.year - first.year) * 12 + at.month - first.month;
  return at.year - first.year;
}

function hasDay(day: number, first: Wall, startDay: number, rule: OracleRule): boolean {
  const { year, month, day: date } = civil(day);
  const { freq, days, months, monthDays } = rule;
  const length = daysIn(year, month);
  if (months !== undefined && !months.includes(month)) return false;
  if (monthDays !== undefined && !monthDays.some(at => at === date || length + 1 + at === date)) return false;
  const weekday = weekdayOf(day);
  if (days !== undefined) {
    const isYear = freq === 'YEARLY' && months === undefined;
    const from = isYear ? dayNumber(year, 1, 1) : dayNumber(year, month, 1);
    const to = isYear ? dayNumber(year + 1, 1, 1) : from + length;
    const [nth, fromEnd] = [Math.floor((day - from) / 7) + 1, -Math.floor((to - 1 - day) / 7) - 1];
    if (!days.some(([n, on]) => on === weekday && (n === 0 || n === nth || n === fromEnd))) return false;
  }
  if (days !== undefined || monthDays !== undefined) return true;
  if (freq === 'WEEKLY') return weekday === weekdayOf(startDay);
  if (freq === 'MONTHLY') return date === first.day;
  if (freq === 'YEARLY') return date === first.day && (months !== undefined || month === first.month);
  return true;
}

/** The first instant at which clocks of the zone show the wall time, or would by the offset before a gap. */
function instantOf(wall: Wall, zone: string): number {
  const local = wallMs(wall);
  const [before, after] = [shownOffset(local - dayMs, zone), shownOffset(local + dayMs, zone)];
  const found = [before, after].map(offset => local - offset).filter(at => at + shownOffset(at, zone) === local);
  return found.length === 0 ? local - before : Math.min(...found);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local time − UTC by the fields that the clock shows. */
function shownOffset(at: number, zone: string): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-u-hc-h23', { ...fields, timeZone: zone });
  formats.set(zone, format);
  const shown = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const [year, month, day] = [Number(shown.year), Number(shown.month), Number(shown.day)];
  const time = (Number(shown.hour) * 60 + Number(shown.minute)) * 60_000;
  return dayNumber(year, month, day) * dayMs + time - at;
}

const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;

function wallMs({ year, month, day, hour, minute }: Wall): number {
  return dayNumber(year, month, day) * dayMs + (hour * 60 + minute) * 60_000;
}

/** 0 = Monday; 1 January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days since 1970-01-01. @see https://howardhinnant.github.io/date_algorithms.html#days_from_civil */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** The date of a day since 1970. @see https://howardhinnant.github.io/date_algorithms.html#civil_from_days */
function civil(days: number) {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const yearOf = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOf + Math.floor(yearOf / 4) - Math.floor(yearOf / 100));
  const mp = Math.floor((5 * ofYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return { year: yearOf + era * 400 + (month <= 2 ? 1 : 0), month, day: ofYear - Math.floor((153 * mp + 2) / 5) + 1 };
}

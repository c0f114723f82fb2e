/** The cells of a row that say when its sale is; empty where there is none. */
export interface TimeCells {
  readonly date: string;
  /** A time of day, or two: `20:00`, `20–22 Uhr`. */
  readonly clock: string;
  /** One cell, or a day and a time of day. */
  readonly start: readonly string[];
  readonly end: readonly string[];
  readonly duration: string;
  /** `file:line`. */
  readonly where: string;
}

/** The times of a row as texts, with what its end means. */
export interface RowTimes {
  readonly from: string;
  readonly until: string;
  readonly where: string;
  /** Whether the end is a time of the start's day, so that an earlier one means the next day. */
  readonly isClock: boolean;
  /** Whether the end is a day without a time, which counts to its end. */
  readonly isDay: boolean;
  /** How long the sale is, in ms, where the row says that instead of an end. */
  readonly lengthMs?: number;
}

/**
 * Puts the times of a row together: days and times of day that stand in cells of their own, `20–22 Uhr`, a duration in
 * place of an end, and days alone.
 *
 * @throws Error naming file and line when the row has no start, or no end
 */
export function timesOf(cells: TimeCells): RowTimes {
  const { date, where } = cells;
  const start = joined(cells.start);
  const end = joined(cells.end);
  const [opens, closes] = rangeOf(cells.clock) ?? (end === '' ? rangeOf(start) : undefined) ?? [clockOf(cells.clock)];
  const from = startOf({ start, date, opens });
  if (from === '') throw new Error(`${where}: this row has no start: fill it in, or leave the row out`);
  const row = { from, until: end, where, isClock: false, isDay: false };
  const clock = end === '' ? closes : clockOf(end);
  if (clock !== undefined) {
    const day = date !== '' && hasClock(from) ? date : from.replace(behindDay, '');
    return { ...row, until: `${day} ${clock}`, isClock: true };
  }
  if (end !== '') return { ...row, isDay: !hasClock(end) };
  if (cells.duration !== '') return { ...row, until: from, lengthMs: lengthOf(cells.duration, where) };
  if (!hasClock(from)) return { ...row, until: from, isDay: true };
  throw new Error(`${where}: this row has no end: fill it in, or a duration such as 2h`);
}

const behindDay = /[T ,]+\d{1,2}(?::|\s*[ap]\.?m|\s*uhr).*$/i;

function startOf({
  start,
  date,
  opens,
}: {
  readonly start: string;
  readonly date: string;
  readonly opens?: string | undefined;
}) {
  const clock = clockOf(start) ?? opens;
  const day = start === '' || clockOf(start) !== undefined || rangeOf(start) !== undefined ? date : start;
  return clock === undefined || hasClock(day) ? day : `${day} ${clock}`.trim();
}

/** A day and a time of day, in this order, whichever cell comes first. */
function joined(cells: readonly string[]): string {
  const filled = cells.filter(cell => cell !== '');
  const clock = filled.find(cell => clockOf(cell) !== undefined);
  const day = filled.find(cell => clockOf(cell) === undefined);
  return [day, day === undefined || !hasClock(day) ? clock : undefined].filter(text => text !== undefined).join(' ');
}

/** A time of day as `20:00` or `8:00 pm`; undefined when the text is none. 24:00 is midnight. */
function clockOf(text: string): string | undefined {
  const [, hour, colon, point, half, uhr] =
    /^(\d{1,2})(?:[:h](\d{2})(?::\d{2})?|\.(\d{2})(?=\s*uhr))?\s*(?:([ap])\.?m\.?|(uhr))?$/i.exec(text) ?? [];
  const minutes = colon ?? point;
  if (hour === undefined || (minutes === undefined && half === undefined && uhr === undefined)) return undefined;
  return `${hour === '24' ? '0' : hour}:${minutes ?? '00'}${half === undefined ? '' : ` ${half.toLowerCase()}m`}`;
}

/** The two times of `20:00 - 22:00` or `8–10 pm`; undefined when the text is no such range. */
function rangeOf(text: string): readonly [string, string] | undefined {
  const [first = '', second = '', ...more] = text.split(/\s*(?:-|–|—|\bbis\b|\bto\b)\s*/i);
  const closes = clockOf(second);
  if (more.length > 0 || closes === undefined) return undefined;
  const suffix = /[ap]\.?m\.?$|uhr$/i.exec(second)?.[0] ?? '';
  const opens = clockOf(first) ?? clockOf(`${first} ${suffix}`);
  return opens === undefined ? undefined : [opens, closes];
}

/** Whether a text says a time of day, as do numbers of days with a fraction and seconds since 1970. */
function hasClock(text: string): boolean {
  return /\d:\d{2}|\d\s*[ap]\.?m\b|\d\s*uhr|^\d{5}[.,]\d|^\d{9,}/i.test(text);
}

const unitMs = new Map([
  ['d', 86_400_000],
  ['t', 86_400_000],
  ['h', 3_600_000],
  ['s', 3_600_000],
  ['m', 60_000],
]);

/** Parses `2h`, `1 h 30 min`, `1,5 Stunden`, `1:30`. @throws Error naming file and line when it is no duration */
function lengthOf(text: string, where: string): number {
  const [, hours, minutes] = /^(\d{1,3}):(\d{2})(?::\d{2})?$/.exec(text) ?? [];
  if (hours !== undefined) return (Number(hours) * 60 + Number(minutes)) * 60_000;
  const part = /(\d+(?:[.,]\d+)?)\s*(h|hrs?|hours?|std\.?|stunden?|m|mins?|minutes?|minuten?|d|days?|tage?)(?![a-z])/gi;
  const parts = [...text.matchAll(part)];
  if (parts.length === 0 || text.replace(part, '').trim() !== '')
    throw new Error(`${where}: "${text}" is no duration: write 2h or 90min`);
  return parts.reduce(
    (sum, [, count = '', unit = '']) =>
      sum + Number(count.replace(',', '.')) * (unitMs.get(unit.slice(0, 1).toLowerCase()) ?? 0),
    0,
  );
}

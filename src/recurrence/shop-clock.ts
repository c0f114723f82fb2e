import type { CalendarDay } from '../api/series/demand-defaults.ts';
import { expandRule } from './expand-rule.ts';
import { type Years, type ZoneOffset, zoneOffsets } from './zone-offsets.ts';

/** The clock of a shop and its holidays, as the forecasting library takes them. */
export interface ZoneClock {
  readonly timeZone: string;
  readonly offsets: readonly ZoneOffset[];
  readonly holidays: readonly ShopHoliday[];
}

/** A holiday on a local day, in days since 1 January 1970. */
interface ShopHoliday {
  readonly name: string;
  readonly day: number;
}

/** What a shop states of its days. */
export interface StatedDays {
  readonly timeZone?: string | undefined;
  readonly calendar?: readonly CalendarDay[] | undefined;
}

const dayMs = 86_400_000;
/** Rules of a calendar are counted from here. */
const firstDay = '2000-01-01T00:00:00Z';

/**
 * The clock of a shop for the years of a span; UTC where no zone is stated. Undefined where neither a zone nor a day of
 * a calendar is stated. A rule that cannot be followed gives no day, see {@link calendarFaults}.
 *
 * @throws RangeError when the zone is unknown
 */
export function shopClock({ timeZone, calendar = [] }: StatedDays, years: Years): ZoneClock | undefined {
  if (timeZone === undefined && calendar.length === 0) return undefined;
  return {
    timeZone: timeZone ?? 'UTC',
    offsets: timeZone === undefined || timeZone === 'UTC' ? [] : zoneOffsets(timeZone, years),
    holidays: holidaysOf(calendar, years),
  };
}

/** Zones whose clocks are changed by the rules that most shops live with, one for each rule. */
const proposableZones = ['Europe/Berlin', 'America/New_York', 'Australia/Sydney', 'Pacific/Auckland'];

/** The clocks of which one is proposed, where a history in UTC followed its change. */
export function proposableClocks(years: Years): readonly ZoneClock[] {
  return proposableZones.map(timeZone => ({ timeZone, offsets: zoneOffsets(timeZone, years), holidays: [] }));
}

/** What is wrong with the rules of a calendar: the index of each one that gives no day in some years, and why. */
export function calendarFaults(
  calendar: readonly CalendarDay[],
  years: Years,
): readonly { readonly index: number; readonly message: string }[] {
  return calendar.flatMap((day, index) => {
    const { days, fault = days.length === 0 ? 'gives no day in these years' : undefined } = daysOf(day, years);
    return fault === undefined ? [] : [{ index, message: `${day.rule} ${fault}` }];
  });
}

/** The holidays of each calendar by years: a calendar is expanded once for each. */
const expanded = new WeakMap<readonly CalendarDay[], Map<string, readonly ShopHoliday[]>>();

function holidaysOf(calendar: readonly CalendarDay[], years: Years): readonly ShopHoliday[] {
  const whole = wholeYears(years);
  const key = `${whole.from} ${whole.until}`;
  const byYears = expanded.get(calendar) ?? new Map<string, readonly ShopHoliday[]>();
  expanded.set(calendar, byYears);
  const known = byYears.get(key);
  if (known !== undefined) return known;
  const days = calendar.flatMap(one => daysOf(one, whole).days.map(day => ({ name: one.name, day })));
  byYears.set(key, days);
  return days;
}

/** The days of one entry, or why its rule cannot be followed, as the rest of a sentence about it. */
function daysOf(
  { date, rule }: CalendarDay,
  { from, until }: Years,
): { readonly days: readonly number[]; readonly fault?: string } {
  if (date !== undefined) return { days: [Date.parse(`${date}T00:00:00Z`) / dayMs] };
  if (rule === undefined) return { days: [] };
  try {
    const starts = expandRule({ startTime: firstDay, timeZone: 'UTC', recurrence: { rule } }, from, until);
    return { days: starts.filter(start => start > Date.parse(firstDay)).map(start => Math.floor(start / dayMs)) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { days: [], fault: error.message };
  }
}

/** The years of a span in full, and the day beside them on either side: a local day is not one of UTC. */
function wholeYears({ from, until }: Years): Years {
  const [first, last] = [new Date(from).getUTCFullYear(), new Date(until).getUTCFullYear()];
  return { from: Date.UTC(first, 0) - dayMs, until: Date.UTC(last + 1, 0) + dayMs };
}

import type { ShopClock } from './shop-clock.ts';

/** A shop's clock, ready to be asked. */
export interface LocalClock {
  readonly timeZone: string;
  /** Local time less UTC at an instant (epoch ms), in ms. */
  offsetAt(time: number): number;
  /** The next instant (epoch ms) after `time` at which the offset changes; Infinity when it stays. */
  nextChange(time: number): number;
  /** Name of the holiday on a local day, given in days since 1 January 1970; undefined on any other day. */
  holidayOn(day: number): string | undefined;
  /** Whether the calendar has any day. */
  readonly hasHolidays: boolean;
}

const dayMs = 86_400_000;

/** Local time in UTC without a calendar: what counts where no clock is stated. */
export const utcClock: LocalClock = {
  timeZone: 'UTC',
  offsetAt: () => 0,
  nextChange: () => Number.POSITIVE_INFINITY,
  holidayOn: () => undefined,
  hasHolidays: false,
};

/** Local time by a table; the stretch that was asked for last is found at once. */
export function localClock({ timeZone, offsets, holidays = [] }: ShopClock): LocalClock {
  const names = new Map(holidays.map(({ day, name }) => [day, name]));
  let known = stretchAt(offsets, 0);
  const stretchOf = (time: number) => {
    if (!(time >= known.from && time < known.until)) known = stretchAt(offsets, time);
    return known;
  };
  return {
    timeZone,
    offsetAt: time => stretchOf(time).offsetMs,
    nextChange: time => stretchOf(time).until,
    holidayOn: day => names.get(day),
    hasHolidays: names.size > 0,
  };
}

/** The local day that contains an instant, in days since 1 January 1970. */
export function localDay(clock: LocalClock, time: number): number {
  return Math.floor((time + clock.offsetAt(time)) / dayMs);
}

/** A stretch of time with one offset, from `from` (inclusive) to `until` (exclusive), epoch ms. */
interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly offsetMs: number;
}

function stretchAt(offsets: ShopClock['offsets'], time: number): Stretch {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle]?.from ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return {
    from: offsets[low - 1]?.from ?? Number.NEGATIVE_INFINITY,
    until: offsets[low]?.from ?? Number.POSITIVE_INFINITY,
    offsetMs: (offsets[low - 1] ?? offsets[0])?.offsetMs ?? 0,
  };
}

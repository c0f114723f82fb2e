/**
 * The clock and the calendar of a shop, as plain data: whoever knows time zones makes the table once, the library only
 * looks it up.
 */
export interface ShopClock {
  /** Name for messages: `Europe/Berlin`. */
  readonly timeZone: string;
  /** Offsets of local time, ascending by `from`; the first one also counts before it. Empty: UTC. */
  readonly offsets: readonly ClockOffset[];
  /** Days that are unlike others of their weekday. @default none */
  readonly holidays?: readonly Holiday[];
}

/** An offset of local time, and since when it counts. */
export interface ClockOffset {
  /** Epoch ms. */
  readonly from: number;
  /** Local time less UTC, ms. */
  readonly offsetMs: number;
}

/** A day of a shop's calendar. */
export interface Holiday {
  /** Name for messages: `Boxing Day`. */
  readonly name: string;
  /** Local date, in days since 1 January 1970. */
  readonly day: number;
}

const mostOffsetMs = 2 * 86_400_000;

/** Checks a clock. @throws RangeError naming the field, when offsets or holidays are no numbers or do not ascend */
export function checkClock({ offsets, holidays = [] }: ShopClock): void {
  let before = Number.NEGATIVE_INFINITY;
  for (const { from, offsetMs } of offsets) {
    if (!(Number.isFinite(from) && from > before)) throw new RangeError(`clock.offsets must ascend, got ${from}`);
    if (!(Math.abs(offsetMs) <= mostOffsetMs))
      throw new RangeError(`clock.offsets must be within two days of UTC, got ${offsetMs} ms`);
    before = from;
  }
  for (const { name, day } of holidays)
    if (!Number.isInteger(day)) throw new RangeError(`holiday ${name} must have a whole number of days, got ${day}`);
}

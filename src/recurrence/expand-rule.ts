import { RRuleTemporal } from 'rrule-temporal';
import type { FlashSaleSpec } from '../api/flash-sale.ts';
import { parseInstant, zoneOffsetMs } from '../api/instant.ts';
import { mostCounted, untilOf } from '../api/series/recurrence-rule.ts';

/** The parts of a sale that say when it recurs. */
export type RecurringTimes = Pick<FlashSaleSpec, 'startTime' | 'timeZone'> & {
  readonly recurrence: NonNullable<FlashSaleSpec['recurrence']>;
};

/** The last millisecond that an instant can be written in (year 9999). */
const lastMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** Milliseconds by which local time and UTC differ at most, a day that a zone leaves out included. */
const zoneReachMs = 2 * 86_400_000;

/**
 * The starts that a rule gives from `from` to `until` (epoch ms, both included), ascending, days of `exceptDates` among
 * them. The rule is followed in wall-clock time and each start is then looked up in `timeZone`:
 *
 *   local time          →  starts
 *   exists once            then
 *   does not exist         as much later as the clocks are put forward (02:30 → 03:30)
 *   exists twice           at the first of the two, unless startTime itself is the second
 *
 * startTime is always the first, and COUNT counts it. RFC 5545 leaves out a time that does not exist; here capacity is
 * rather kept for a sale that a shop leaves out than missing for one that it holds.
 *
 * @throws RangeError with a sentence on the rule, when following it takes more steps than a rule may
 */
export function expandRule(
  { startTime, timeZone, recurrence: { rule } }: RecurringTimes,
  from: number,
  until: number,
): readonly number[] {
  const first = parseInstant(startTime);
  const wall = Math.floor((first + zoneOffsetMs(first, timeZone)) / 1000) * 1000;
  const end = Math.min(until, lastMs);
  const last = lastOf(rule);
  const after = new Date(Math.max(from - zoneReachMs, wall + 1000));
  const before = new Date(Math.min(end + zoneReachMs, (last.wall ?? last.at ?? lastMs) + zoneReachMs, lastMs));
  const later = after > before ? [] : localStarts({ rule, wall, after, before });
  const starts = later
    .filter(local => last.wall === undefined || local.wall <= last.wall)
    .map(({ inZone }) => inZone(timeZone) + (first % 1000))
    .filter(start => last.at === undefined || start <= last.at);
  return [...new Set([first, ...starts])]
    .filter(start => start >= Math.max(first, from) && start <= end)
    .sort((a, b) => a - b);
}

/** A start in wall-clock time (as if in UTC, epoch ms), and how to look it up in a zone. */
interface LocalStart {
  readonly wall: number;
  readonly inZone: (timeZone: string) => number;
}

/** Follows the rule in wall-clock time, without its UNTIL, which is an instant. */
function localStarts(input: {
  readonly rule: string;
  /** The first start, as if in UTC, epoch ms. */
  readonly wall: number;
  readonly after: Date;
  readonly before: Date;
}): readonly LocalStart[] {
  const { rule, wall, after, before } = input;
  const stamp = new Date(wall).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  try {
    const followed = new RRuleTemporal({
      rruleString: `DTSTART:${stamp}\nRRULE:${rule.replace(/;UNTIL=[^;]*/, '')}`,
      includeDtstart: true,
      maxIterations: mostCounted,
      cache: false,
    });
    return followed.between(after, before, true).map(date => ({
      wall: date.epochMilliseconds,
      inZone: timeZone =>
        date.toPlainDateTime().toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds,
    }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RangeError(
      /iterations|evaluations/i.test(why)
        ? `takes more than ${mostCounted} steps from startTime: state a later startTime, or UNTIL in place of COUNT`
        : `cannot be followed: ${why}`,
      { cause: error },
    );
  }
}

/** The last start that UNTIL allows: of a date in wall-clock time, of an instant in epoch ms. */
function lastOf(rule: string): { readonly wall?: number; readonly at?: number } {
  const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)(?:T(\d{6})Z)?$/.exec(untilOf(rule) ?? '') ?? [];
  if (year === undefined) return {};
  if (time === undefined) return { wall: Date.parse(`${year}-${month}-${day}T23:59:59.999Z`) };
  const [hour, minute, second] = [time.slice(0, 2), time.slice(2, 4), time.slice(4)];
  return { at: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) };
}

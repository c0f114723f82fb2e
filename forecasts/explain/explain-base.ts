import { type LocalClock, localDay, utcClock } from '../clock/local-clock.ts';
import type { Decomposition } from '../decomposition.ts';
import type { ExplanationPart } from '../explanation.ts';
import type { Present } from '../present.ts';
import { levelAhead } from '../series/local-level.ts';
import { weekdayOf } from '../series/weekday.ts';

type Amount = Pick<ExplanationPart, 'kind' | 'amount'>;

const dayMs = 86_400_000;
const weekDays = 7;

/**
 * Parts of the base in the step that begins at `time`, on the model's scale: level, last hour, time of day, day of the
 * week, and the remainder that the ensemble's models add. `scaledBase` is their sum.
 */
export function explainBase(
  { fitted, origin, tailLevel }: Present,
  time: number,
  scaledBase: number,
): readonly Amount[] {
  const { slow, fast } = tailLevel;
  const level = slow.level;
  const lastHour = levelAhead(level, fast.level, time - origin) - level;
  const ordinary = ordinaryDay(fitted, time);
  const whole = fitted.profile.at(time);
  const holiday = fitted.profile.holidayEffect(time);
  return [
    { kind: 'level', amount: level },
    { kind: 'lastHour', amount: lastHour },
    { kind: 'dayProfile', amount: ordinary },
    { kind: 'week', amount: whole - holiday - ordinary },
    ...(holiday === 0 ? [] : [{ kind: 'holiday' as const, amount: holiday }]),
    { kind: 'models', amount: scaledBase - level - lastHour - whole },
  ];
}

/**
 * The profile of the time of day on a working day; the mean of the seven days where each weekday has its own profile.
 */
function ordinaryDay({ profile, samples }: Decomposition, time: number): number {
  const { clock = utcClock } = samples;
  const { ordinary } = profile;
  const thursday = sameTimeOf(clock, time, localDay(clock, time) - weekdayOf(localDay(clock, time)));
  if (profile.kinds !== 'weekday') return ordinary.at(thursday);
  let sum = 0;
  for (let day = 0; day < weekDays; day++) sum += ordinary.at(thursday + day * dayMs);
  return sum / weekDays;
}

/** The instant at which the clocks show the same time as at `time`, on another local day. */
function sameTimeOf(clock: LocalClock, time: number, day: number): number {
  const local = day * dayMs + time + clock.offsetAt(time) - localDay(clock, time) * dayMs;
  return local - clock.offsetAt(local - clock.offsetAt(local));
}

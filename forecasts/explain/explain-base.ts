import type { ExplanationPart } from '../explanation.ts';
import type { Present } from '../present.ts';
import type { DayProfile } from '../profile/day-profile.ts';
import { levelAhead } from '../series/local-level.ts';

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
  const ordinary = ordinaryDay(fitted.profile, time);
  const whole = fitted.profile.at(time);
  return [
    { kind: 'level', amount: level },
    { kind: 'lastHour', amount: lastHour },
    { kind: 'dayProfile', amount: ordinary },
    { kind: 'week', amount: whole - ordinary },
    { kind: 'models', amount: scaledBase - level - lastHour - whole },
  ];
}

/**
 * The profile of the time of day on a working day; the mean of the seven days where each weekday has its own profile.
 */
function ordinaryDay(profile: DayProfile, time: number): number {
  const thursday = time - (((Math.floor(time / dayMs) % weekDays) + weekDays) % weekDays) * dayMs;
  if (profile.kinds !== 'weekday') return profile.at(thursday);
  let sum = 0;
  for (let day = 0; day < weekDays; day++) sum += profile.at(thursday + day * dayMs);
  return sum / weekDays;
}

import type { Part } from '../explanation.ts';
import type { Present } from '../present.ts';
import type { DayProfile } from '../profile/day-profile.ts';
import { levelAhead } from '../series/local-level.ts';

type Amount = Pick<Part, 'kind' | 'amount'>;

const dayMs = 86_400_000;
const weekDays = 7;

/**
 * What the base of the step that begins at `time` is made of, on the model's scale: level, the last hour, the time of day,
 * the day of the week, and what the models see beside that. `scaledBase` is their sum.
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

/** What the time of day is worth on a working day; where every weekday is told apart, on the mean of the seven. */
function ordinaryDay(profile: DayProfile, time: number): number {
  const thursday = time - (((Math.floor(time / dayMs) % weekDays) + weekDays) % weekDays) * dayMs;
  if (profile.kinds !== 'weekday') return profile.at(thursday);
  let sum = 0;
  for (let day = 0; day < weekDays; day++) sum += profile.at(thursday + day * dayMs);
  return sum / weekDays;
}

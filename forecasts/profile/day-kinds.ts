import { isWeekend, weekdayOf } from '../series/weekday.ts';
import type { DayGrid } from './bin-days.ts';

/** Which days are alike, so that they share a profile. */
export interface DayKinds {
  /** `none`: too short or a step too long for a profile; `weekend`: working days and week-ends apart; `weekday`: seven kinds. */
  readonly name: 'none' | 'day' | 'weekend' | 'weekday';
  readonly count: number;
  /** The kind of a day counted from 1 January 1970, from 0 to `count` − 1. */
  of(day: number): number;
}

/** What {@link DayKinds.of} says of a week-end where week-ends are told apart. */
export const weekendKind = 1;

/**
 * The kinds that a history is long enough to tell apart: week-ends once there are two days of them and three others; a
 * step of a day or more knows only weekdays, and those from two weeks on.
 */
export function dayKinds(grid: DayGrid): DayKinds {
  const name = nameOf(grid);
  if (name === 'weekday') return { name, count: 7, of: weekdayOf };
  if (name === 'weekend') return { name, count: 2, of: day => (isWeekend(day) ? weekendKind : 0) };
  return { name, count: 1, of: () => 0 };
}

function nameOf({ bins, days, full, firstDay }: DayGrid): DayKinds['name'] {
  if (bins === 1) return days >= 14 ? 'weekday' : 'none';
  if (days < 2) return 'none';
  const weekendDays = full.filter((isFull, row) => isFull && isWeekend(firstDay + row)).length;
  return weekendDays >= 2 && days - weekendDays >= 3 ? 'weekend' : 'day';
}

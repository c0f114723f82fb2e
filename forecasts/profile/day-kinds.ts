import { isWeekend, weekdayOf } from '../series/weekday.ts';
import type { DayGrid } from './bin-days.ts';

/** Grouping of days into kinds that share a profile. */
export interface DayKinds {
  /** `none`: no profile; `day`: one kind; `weekend`: working days and weekends; `weekday`: seven kinds. */
  readonly name: 'none' | 'day' | 'weekend' | 'weekday';
  /** Number of kinds. */
  readonly count: number;
  /** The kind (0 to `count` − 1) of a day, given in days since 1 January 1970. */
  of(day: number): number;
}

/** The kind of weekend days under `weekend`. */
export const weekendKind = 1;

/**
 * Chooses the kinds by the length of the history: weekends are separate from two weekend days and three working days
 * on; steps of a day or more have weekdays only, from two weeks on.
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

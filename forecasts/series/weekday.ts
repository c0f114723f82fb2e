/** The weekday (UTC) of a day since 1 January 1970, which was a Thursday: 0 = Thursday, 6 = Wednesday. */
export function weekdayOf(day: number): number {
  return ((day % 7) + 7) % 7;
}

/** Is the day, counted from 1 January 1970, a Saturday or a Sunday? */
export function isWeekend(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday === 2 || weekday === 3;
}

/** The weekday (UTC) of a day, given in days since Thursday, 1 January 1970: 0 = Thursday, 6 = Wednesday. */
export function weekdayOf(day: number): number {
  return ((day % 7) + 7) % 7;
}

/** Whether a day, given in days since 1 January 1970, is a Saturday or a Sunday (UTC). */
export function isWeekend(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday === 2 || weekday === 3;
}

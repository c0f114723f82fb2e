import { formatInstant } from '../api/instant.ts';
import type { OrdinaryWeek } from '../api/learned/ordinary-week.ts';
import type { OrdinaryDay } from './ordinary-day.ts';

const dayMs = 86_400_000;
const daySeconds = 86_400;
/** Share (0–1) of a day that must have been measured for the day to count. */
const leastMeasured = 0.5;

/**
 * Adds up what raising ordinary peaks has saved and cost on the simulated days, by origin (epoch ms); undefined where
 * none was measured for half of it.
 */
export function ordinaryWeek(days: ReadonlyMap<number, OrdinaryDay>): OrdinaryWeek | undefined {
  const counted = [...days].filter(([, { secondsMeasured }]) => secondsMeasured >= leastMeasured * daySeconds);
  if (counted.length === 0) return undefined;
  const sum = (of: (day: OrdinaryDay) => number) => counted.reduce((total, [, day]) => total + of(day), 0);
  return {
    until: formatInstant(Math.max(...counted.map(([origin]) => origin)) + dayMs),
    days: counted.length,
    replicaHours: sum(day => day.replicaHours - day.replicaHoursAlone),
    secondsShort: sum(day => day.secondsShort),
    secondsShortAlone: sum(day => day.secondsShortAlone),
  };
}

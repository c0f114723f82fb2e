import { mostReplicas } from '../../../api/field.ts';

/** Replicas that ran for ordinary load at an hour (0–23) of the UTC day. */
export interface HourlyReplicas {
  readonly hour: number;
  readonly replicas: number;
}

const hourMs = 3_600_000;
const hoursPerDay = 24;

/**
 * Returns the record with the replicas that run at `now` (epoch ms), which replace those of the same hour; by hour. More
 * than a status can state count as the most that it can.
 */
export function recordHour(
  record: readonly HourlyReplicas[],
  replicas: number,
  now: number,
): readonly HourlyReplicas[] {
  const hour = hourOf(now);
  const others = record.filter(one => one.hour !== hour);
  return [...others, { hour, replicas: Math.min(mostReplicas, replicas) }].sort((a, b) => a.hour - b.hour);
}

/**
 * Returns the most replicas recorded for the hours of [start, end) (epoch ms); an hour that was not recorded has those
 * of the nearest recorded hours before and after it, the larger. Undefined where nothing is recorded.
 */
export function replicasOfHours(record: readonly HourlyReplicas[], start: number, end: number): number | undefined {
  if (record.length === 0) return undefined;
  const byHour = new Map(record.map(({ hour, replicas }) => [hour, replicas]));
  const first = Math.floor(start / hourMs);
  const hours = Math.min(hoursPerDay, Math.max(1, Math.ceil(end / hourMs) - first));
  return Math.max(...Array.from({ length: hours }, (_, index) => atHour(byHour, hourOf((first + index) * hourMs))));
}

function atHour(byHour: ReadonlyMap<number, number>, hour: number): number {
  return Math.max(nearest(byHour, hour, -1), nearest(byHour, hour, 1));
}

function nearest(byHour: ReadonlyMap<number, number>, hour: number, direction: 1 | -1): number {
  for (let away = 0; away < hoursPerDay; away++) {
    const replicas = byHour.get((hour + direction * away + hoursPerDay) % hoursPerDay);
    if (replicas !== undefined) return replicas;
  }
  return 0;
}

function hourOf(instant: number): number {
  return Math.floor(instant / hourMs) % hoursPerDay;
}

import type { Event } from './event.ts';

const mostSteps = 1_000_000;

/**
 * Checks the options of a forecast.
 * @throws RangeError naming the field, when `steps`, `from` or a level is invalid
 */
export function checkOptions(input: {
  readonly steps: number;
  readonly levels: readonly number[];
  readonly from?: number;
}) {
  const { steps, levels, from } = input;
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= mostSteps))
    throw new RangeError(`steps must be a whole number from 1 to ${mostSteps}, got ${steps}`);
  if (from !== undefined && !Number.isFinite(from))
    throw new RangeError(`from must be epoch milliseconds, got ${from}`);
  checkLevels(levels);
}

/** Checks quantile levels. @throws RangeError unless every level lies in (0, 1) and above the one before it */
export function checkLevels(levels: readonly number[]): void {
  let below = 0;
  for (const level of levels) {
    checkLevel(level, 'levels');
    if (level <= below) throw new RangeError(`levels must ascend, got ${level} after ${below}`);
    below = level;
  }
}

/** Checks one quantile level. @throws RangeError unless the level lies in (0, 1) */
export function checkLevel(level: number, name = 'level'): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`${name} must lie in (0, 1), got ${level}`);
}

/** Checks events. @throws RangeError naming the event, when its times or its stated peak are invalid */
export function checkEvents(events: readonly Event[]): void {
  for (const { id, start, end, statedPeakRatio } of events) {
    if (!(Number.isFinite(start) && Number.isFinite(end) && end > start))
      throw new RangeError(`event ${id} must end after it starts, got ${start} to ${end}`);
    if (statedPeakRatio !== undefined && !(statedPeakRatio > 0 && statedPeakRatio <= 1e6))
      throw new RangeError(`event ${id}: statedPeakRatio must be above 0 and at most 1000000, got ${statedPeakRatio}`);
  }
}

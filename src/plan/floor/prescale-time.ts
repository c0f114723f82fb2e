import { type Wave, waveSeconds } from '../wave-seconds.ts';

/** When a sale must be raised, epoch ms. */
export interface DueTimes {
  /** The time to raise: capacity is ready `readyBeforeSeconds` before the start. */
  readonly prescaleTime: number;
  /** The last time at which a raise is in time for the start itself; a sale known later is late. */
  readonly latest: number;
}

/**
 * Computes when to raise for a sale: its start (epoch ms) − the longest lead time of the targets that it reaches − the
 * wave − the time in which a person can still act.
 *
 *   prescaleTime   start − readyBefore − wave − longest lead time; a ramp begins earlier
 *   latest         start − wave − longest lead time
 */
export function dueTimes(input: {
  readonly start: number;
  readonly wave: Wave;
  readonly leadSeconds: readonly number[];
  readonly readyBeforeSeconds: number;
}): DueTimes {
  const { start, wave, leadSeconds, readyBeforeSeconds } = input;
  const latest = start - (waveSeconds(wave) + Math.max(0, ...leadSeconds)) * 1000;
  return { prescaleTime: latest - readyBeforeSeconds * 1000, latest };
}

import { type Wave, waveSeconds } from '../wave-seconds.ts';

/** The time to raise, epoch ms: the sale's start − the wave − the longest lead time of the targets that it reaches. */
export function prescaleTime(start: number, wave: Wave, leadSeconds: readonly number[]): number {
  return start - (waveSeconds(wave) + Math.max(0, ...leadSeconds)) * 1000;
}

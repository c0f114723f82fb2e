import type { Raises } from '../../observe/raises.ts';
import { type Wave, waveSeconds } from '../wave-seconds.ts';

/** Milliseconds between two starts within which sales raise their targets in one wave. */
export const togetherMs = 10 * 60_000;

/** Sums up raises to a wave. */
export function waveOf(
  raises: readonly { readonly raises?: number; readonly pods: number }[],
  writesPerSecond: number,
): Wave {
  return {
    raises: raises.reduce((sum, raise) => sum + (raise.raises ?? 1), 0),
    pods: raises.reduce((sum, { pods }) => sum + pods, 0),
    writesPerSecond,
  };
}

/** Adds to a namespace's wave what other namespaces raise at the same time. */
export function wholeWave(start: number, wave: Wave, elsewhere: readonly Raises[]): Wave {
  return waveOf([wave, ...raisesNear(start, wave, elsewhere)], wave.writesPerSecond);
}

/**
 * Selects the raises of other namespaces that share the budget with a wave: those for sales that start at most ten
 * minutes after its sale, and those for earlier sales that start while the whole wave is under way or within ten minutes
 * of it. None where the wave itself raises nothing.
 */
export function raisesNear(start: number, wave: Wave, elsewhere: readonly Raises[]): readonly Raises[] {
  if (wave.raises === 0) return [];
  let near: readonly Raises[] = [];
  let reachMs = togetherMs;
  for (;;) {
    const from = start - reachMs;
    near = elsewhere.filter(other => from <= other.start && other.start <= start + togetherMs);
    const wholeMs = waveSeconds(waveOf([wave, ...near], wave.writesPerSecond)) * 1000;
    if (wholeMs <= reachMs) return near;
    reachMs = wholeMs;
  }
}

import { describe, expect, test } from 'vitest';
import type { Raises } from '../../../src/observe/raises.ts';
import { dueTimes } from '../../../src/plan/floor/prescale-time.ts';
import { raisesNear, waveOf, wholeWave } from '../../../src/plan/floor/whole-wave.ts';
import { waveSeconds } from '../../../src/plan/wave-seconds.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const minutes = (count: number) => count * 60_000;

function elsewhere(raises: number, { at = start, pods = raises * 10 } = {}): Raises {
  return { start: at, tier: 'Standard', raises, pods, knownAt: 0 };
}

describe('the wave over all namespaces', () => {
  const own = waveOf(
    Array.from({ length: 20 }, () => ({ pods: 10 })),
    20,
  );

  test('of 60 namespaces with 20 targets begins early enough for the last of their 1,200 raises', () => {
    const leadSeconds = 90;
    const latest = (wave: typeof own) =>
      dueTimes({ start, wave, leadSeconds: [leadSeconds], readyBeforeSeconds: 0 }).latest;
    const alone = latest(own);
    const together = latest(wholeWave(start, own, [elsewhere(1_180)]));
    expect(waveSeconds(own)).toBe(26);
    expect(waveSeconds(wholeWave(start, own, [elsewhere(1_180)]))).toBe(60 + 120 + 600);
    // Raise n is written n ÷ 20 s after the first, and its pods follow after those of all before it.
    const readyAt = (from: number, n: number) =>
      from + 1_000 * (n / 20 + Math.max(15, (2 * n) / 20) + (n * 10) / 20 + leadSeconds);
    const late = (from: number) =>
      Array.from({ length: 1_200 }, (_, n) => readyAt(from, n + 1)).filter(ready => ready > start).length;
    expect(late(alone)).toBeGreaterThan(600);
    expect(late(together)).toBe(0);
  });

  test.each<[string, readonly Raises[], number]>([
    ['nobody', [], 0],
    ['those at the same time', [elsewhere(100)], 100],
    ['those up to ten minutes later', [elsewhere(7, { at: start + minutes(10) })], 7],
    ['not those that begin later', [elsewhere(7, { at: start + minutes(10) + 1 })], 0],
    ['those up to ten minutes earlier', [elsewhere(7, { at: start - minutes(10) })], 7],
    ['not those that began before it', [elsewhere(7, { at: start - minutes(11) })], 0],
    [
      'those that begin while the whole wave is under way',
      [elsewhere(2_000, { pods: 20_000 }), elsewhere(7, { at: start - minutes(20) })],
      2_007,
    ],
  ])('counts %s', (_, others, counted) => {
    expect(wholeWave(start, own, others).raises - own.raises).toBe(counted);
  });

  test('is none where a namespace raises nothing itself', () => {
    expect(raisesNear(start, waveOf([], 20), [elsewhere(100)])).toEqual([]);
    expect(waveSeconds(wholeWave(start, waveOf([], 20), [elsewhere(100)]))).toBe(0);
  });
});

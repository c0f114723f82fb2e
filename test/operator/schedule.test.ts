import { describe, expect, test } from 'vitest';
import { runTicks } from '../../src/operator/schedule.ts';
import { manualClock } from '../support/shop/manual-clock.ts';

const noon = Date.parse('2026-11-27T12:00:00Z');

describe('ticks', () => {
  test('fall on full multiples, whenever the process started', async () => {
    const clock = manualClock(noon + 7_300);
    const ticks: number[] = [];
    const abort = new AbortController();
    const running = runTicks({ clock, tickSeconds: 15 }, now => ticks.push(now), abort.signal);
    await clock.moveTo(noon + 61_000);
    expect(ticks.map(tick => tick - noon)).toEqual([15_000, 30_000, 45_000, 60_000]);
    abort.abort();
    await running;
    expect(clock.sleepers).toBe(0);
  });

  test('missed while the process slept are one', async () => {
    let now = noon;
    const sleeps: number[] = [];
    const ticks: number[] = [];
    const abort = new AbortController();
    const clock = {
      now: () => now,
      monotonicMs: () => now,
      sleep: async (ms: number) => {
        sleeps.push(ms);
        now += sleeps.length === 1 ? 3_600_000 : ms;
      },
    };
    await runTicks(
      { clock, tickSeconds: 15 },
      tick => {
        ticks.push(tick - noon);
        if (ticks.length === 2) abort.abort();
      },
      abort.signal,
    );
    expect(ticks).toEqual([3_600_000, 3_615_000]);
  });

  test('go on at once when the wall clock is set back by a day', async () => {
    let now = noon;
    const ticks: number[] = [];
    const abort = new AbortController();
    const clock = {
      now: () => now,
      monotonicMs: () => now,
      sleep: async (ms: number) => {
        now += ticks.length === 0 ? -86_400_000 : ms;
      },
    };
    await runTicks(
      { clock, tickSeconds: 15 },
      tick => {
        ticks.push(tick - noon + 86_400_000);
        if (ticks.length === 2) abort.abort();
      },
      abort.signal,
    );
    expect(ticks).toEqual([0, 15_000]);
  });

  test('wake too early do not tick too early', async () => {
    let now = noon;
    const ticks: number[] = [];
    const abort = new AbortController();
    const clock = {
      now: () => now,
      monotonicMs: () => now,
      sleep: async (ms: number) => {
        now += Math.max(1, ms - 2);
      },
    };
    await runTicks(
      { clock, tickSeconds: 15 },
      tick => {
        ticks.push(tick - noon);
        abort.abort();
      },
      abort.signal,
    );
    expect(ticks).toEqual([15_000]);
  });
});

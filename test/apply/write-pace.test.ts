import { describe, expect, test } from 'vitest';
import { WritePace } from '../../src/apply/write-pace.ts';

/** Real time that passes only while somebody sleeps. */
function sleepingTime() {
  let now = 1_000;
  return {
    monotonicMs: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('the pace of writes', () => {
  test('lets one second of writes go at once, then spaces them', async () => {
    const time = sleepingTime();
    const pace = new WritePace(4, time);
    const left: number[] = [];
    for (let write = 0; write < 8; write++) {
      await pace.take();
      left.push(time.monotonicMs() - 1_000);
    }
    expect(left).toEqual([0, 0, 0, 0, 250, 500, 750, 1_000]);
  });

  test('never exceeds the rate over a second by more than the burst, also after a rest', async () => {
    const time = sleepingTime();
    const pace = new WritePace(4, time);
    for (let write = 0; write < 4; write++) await pace.take();
    time.pass(60_000);
    const left: number[] = [];
    for (let write = 0; write < 6; write++) {
      await pace.take();
      left.push(time.monotonicMs() - 61_000);
    }
    expect(left).toEqual([0, 0, 0, 0, 250, 500]);
  });

  test('is given up with the signal', async () => {
    const pace = new WritePace(1, {
      monotonicMs: () => 0,
      sleep: async (_ms, signal) => signal?.throwIfAborted(),
    });
    await pace.take();
    await expect(pace.take({ signal: AbortSignal.abort(new Error('stopping')) })).rejects.toThrow('stopping');
  });

  test('lets the most urgent of those that wait go first, and equal ones in the order of their calls', async () => {
    const time = sleepingTime();
    const pace = new WritePace(1, time);
    await pace.take();
    const left: string[] = [];
    const take = async (name: string, rank: number) => {
      await pace.take({ rank });
      left.push(name);
    };
    await Promise.all([take('lowering', 3), take('feed', 2), take('cart', 0), take('search', 1), take('pay', 0)]);
    expect(left).toEqual(['cart', 'pay', 'search', 'feed', 'lowering']);
    expect(time.monotonicMs()).toBe(6_000);
  });

  test('gives a place that was given up while waiting to nobody, and goes on', async () => {
    const time = sleepingTime();
    const pace = new WritePace(1, { ...time, sleep: ms => Promise.resolve().then(() => time.pass(ms)) });
    await pace.take();
    const stop = new AbortController();
    const given = pace.take({ signal: stop.signal });
    const next = pace.take();
    stop.abort(new Error('the leader changed'));
    await expect(given).rejects.toThrow('the leader changed');
    await next;
    expect(time.monotonicMs()).toBe(2_000);
  });

  test('takes nothing in a long pause that the API server has asked for, also if it asks meanwhile', async () => {
    let restMs = 30_000;
    const budget = {
      get restMs() {
        return restMs;
      },
      assertFree: () => {
        if (restMs > 0) throw new Error('not before 19:00');
      },
    };
    const time = sleepingTime();
    const pace = new WritePace(1, time, budget);
    await expect(pace.take()).rejects.toThrow('not before 19:00');
    restMs = 0;
    await pace.take();
    const waiting = pace.take();
    restMs = 30_000;
    await expect(waiting).rejects.toThrow('not before 19:00');
  });

  test('waits for the end of a short pause, and loses no turn by it', async () => {
    const time = sleepingTime();
    const until = time.monotonicMs() + 1_000;
    const budget = {
      get restMs() {
        return Math.max(0, until - time.monotonicMs());
      },
      assertFree: () => {
        throw new Error('a short pause is waited for');
      },
    };
    const pace = new WritePace(2, time, budget);
    const left: number[] = [];
    for (let write = 0; write < 4; write++) {
      await pace.take();
      left.push(time.monotonicMs() - 1_000);
    }
    expect(left).toEqual([1_000, 1_000, 1_500, 2_000]);
  });
});

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
    await expect(pace.take(AbortSignal.abort(new Error('stopping')))).rejects.toThrow('stopping');
  });
});

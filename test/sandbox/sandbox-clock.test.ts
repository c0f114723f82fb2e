import { describe, expect, test } from 'vitest';
import { SandboxClock } from '../../src/sandbox/sandbox-clock.ts';

const start = Date.parse('2026-11-27T19:00:00Z');

describe('SandboxClock', () => {
  test('wakes sleepers by due time, then by the order of going to sleep, each at its own time', async () => {
    const clock = new SandboxClock(start);
    const woken: string[] = [];
    const sleeper = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.now() - start}`);
    };
    const all = [sleeper('late', 20), sleeper('early', 5), sleeper('also late', 20), sleeper('never now', 0)];
    await clock.advanceTo(start + 100);
    await Promise.all(all);
    expect(woken).toEqual(['never now at 0', 'early at 5', 'late at 20', 'also late at 20']);
    expect(clock.now()).toBe(start + 100);
  });

  test('a ticker ticks once a period, however far the driver jumps', async () => {
    const clock = new SandboxClock(start);
    const stop = new AbortController();
    const ticks: number[] = [];
    const ticker = (async () => {
      for (;;) {
        await clock.sleep(15_000, stop.signal);
        ticks.push((clock.now() - start) / 1000);
      }
    })();
    await clock.advanceTo(start + 60_000);
    stop.abort(new Error('enough'));
    await expect(ticker).rejects.toThrow('enough');
    expect(ticks).toEqual([15, 30, 45, 60]);
    expect(clock.nextDue()).toBeUndefined();
  });

  test('does not pass a sleeper whose work is not settled', async () => {
    const clock = new SandboxClock(start);
    const done: number[] = [];
    let working: Promise<void> = Promise.resolve();
    for (const ms of [10, 20]) {
      void clock.sleep(ms).then(() => {
        working = new Promise(resolve => setTimeout(resolve, 5)).then(() => {
          done.push(clock.now() - start);
        });
      });
    }
    const settle = async () => {
      await new Promise(resolve => setImmediate(resolve));
      await working;
    };
    await clock.advanceTo(start + 30, settle);
    expect(done).toEqual([10, 20]);
  });

  test('rejects at once when the signal is aborted already, and refuses to go back', async () => {
    const clock = new SandboxClock(start);
    await expect(clock.sleep(5, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    await expect(clock.advanceTo(start - 1)).rejects.toThrow(`the clock stands at ${start}`);
  });
});

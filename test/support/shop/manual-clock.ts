import type { Clock } from '../../../src/api/clock.ts';

/** A clock that stands until it is moved; sleepers wake in the order in which they are due. */
export interface ManualClock extends Clock {
  /** Moves to `epochMs`, waking each sleeper at its own instant on the way. */
  moveTo(epochMs: number): Promise<void>;
  /** How many sleep now. */
  readonly sleepers: number;
}

export function manualClock(startMs: number): ManualClock {
  let now = startMs;
  let sleeping: { readonly due: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    monotonicMs: () => now,
    get sleepers() {
      return sleeping.length;
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = { due: now + ms, wake: resolve };
        sleeping.push(sleeper);
        signal?.addEventListener(
          'abort',
          () => {
            sleeping = sleeping.filter(other => other !== sleeper);
            reject(signal.reason);
          },
          { once: true },
        );
      });
    },
    async moveTo(epochMs) {
      for (;;) {
        const next = sleeping.toSorted((a, b) => a.due - b.due)[0];
        if (next === undefined || next.due > epochMs) break;
        sleeping = sleeping.filter(other => other !== next);
        now = Math.max(now, next.due);
        next.wake();
        await new Promise(resolve => setImmediate(resolve));
      }
      now = epochMs;
      await new Promise(resolve => setImmediate(resolve));
    },
  };
}

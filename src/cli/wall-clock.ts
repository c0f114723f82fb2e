import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../api/clock.ts';

/** The machine's clock. A long sleep is divided, because Node's timers beyond 24.8 days fire at once. */
export const wallClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  async sleep(ms, signal) {
    const until = Date.now() + ms;
    for (let wait = ms; wait > 0; wait = until - Date.now()) {
      signal?.throwIfAborted();
      await delay(Math.min(wait, longestTimerMs), undefined, signal === undefined ? {} : { signal });
    }
  },
};

const longestTimerMs = 86_400_000;

import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { KeyedQueue } from '../../src/operator/queue.ts';

/** Work that is finished by hand, and what was started in which order. */
function openWork() {
  const started: string[] = [];
  const finish = new Map<string, () => void>();
  const work = (key: string) => {
    started.push(key);
    return new Promise<void>(resolve => finish.set(key, resolve));
  };
  return { started, work, finish: (key: string) => finish.get(key)?.() };
}

const noFailure = () => {
  throw new Error('no failure expected');
};

describe('a keyed queue', () => {
  test('makes one piece of work of a burst', async () => {
    const started: string[] = [];
    const queue = new KeyedQueue({ work: async key => void started.push(key), onFailure: noFailure });
    for (let index = 0; index < 100; index++) queue.add('shop');
    await queue.idle();
    expect(started).toEqual(['shop']);
  });

  test('never works on a key twice at once, and once more for what came meanwhile', async () => {
    const { started, work, finish } = openWork();
    const queue = new KeyedQueue({ work, onFailure: noFailure });
    queue.add('shop');
    await delay(1);
    queue.add('shop');
    queue.add('shop');
    await delay(1);
    expect(started).toEqual(['shop']);
    finish('shop');
    await delay(1);
    expect(started).toEqual(['shop', 'shop']);
    finish('shop');
    await queue.idle();
    expect(started).toHaveLength(2);
  });

  test('works on other keys while one hangs', async () => {
    const { started, work, finish } = openWork();
    const queue = new KeyedQueue({ work, onFailure: noFailure, concurrency: 2 });
    queue.add('hangs');
    for (const key of ['a', 'b', 'c']) {
      queue.add(key);
      await delay(1);
      finish(key);
      await delay(1);
    }
    expect(started).toEqual(['hangs', 'a', 'b', 'c']);
    finish('hangs');
  });

  test('retries a failure with back-off, which events do not shorten and a tick does', async () => {
    const started: string[] = [];
    const waits: number[] = [];
    const queue = new KeyedQueue({
      work: async key => {
        started.push(key);
        throw new Error('refused');
      },
      onFailure: (_key, _error, retryInMs) => void waits.push(retryInMs),
      firstRetryMs: 200,
      longestRetryMs: 500,
    });
    queue.add('shop');
    await queue.idle();
    for (let index = 0; index < 5; index++) queue.add('shop');
    await delay(10);
    expect(started).toHaveLength(1);
    queue.addNow('shop');
    await queue.idle();
    expect(started).toHaveLength(2);
    await expect.poll(() => waits.length, { interval: 5 }).toBeGreaterThanOrEqual(3);
    expect(waits.slice(0, 3)).toEqual([200, 400, 500]);
    await queue.stop();
    const atStop = started.length;
    await delay(550);
    expect(started).toHaveLength(atStop);
  });

  test('begins anew with short waits after a success', async () => {
    const waits: number[] = [];
    let fails = true;
    const queue = new KeyedQueue({
      work: async () => {
        if (fails) throw new Error('refused');
      },
      onFailure: (_key, _error, retryInMs) => void waits.push(retryInMs),
      firstRetryMs: 10_000,
    });
    for (const failing of [true, true, false, true]) {
      fails = failing;
      queue.addNow('shop');
      await queue.idle();
    }
    expect(waits).toEqual([10_000, 20_000, 10_000]);
    await queue.stop();
  });

  test('stops: tells running work, waits for it, starts none', async () => {
    const started: string[] = [];
    let ended = false;
    const queue = new KeyedQueue({
      work: async (key, signal) => {
        started.push(key);
        await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
        await delay(5);
        ended = true;
        signal.throwIfAborted();
      },
      onFailure: noFailure,
      concurrency: 1,
    });
    queue.add('a');
    queue.add('b');
    await delay(1);
    await queue.stop();
    expect(ended).toBe(true);
    queue.add('c');
    await delay(1);
    expect(started).toEqual(['a']);
  });
});

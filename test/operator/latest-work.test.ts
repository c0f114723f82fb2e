import { expect, test } from 'vitest';
import { LatestWork } from '../../src/operator/latest-work.ts';

/** Works that end when they are let go. */
function works() {
  const begun: string[] = [];
  const held = new Map<string, () => void>();
  const hold = (name: string) => () => {
    begun.push(name);
    return new Promise<void>(resolve => held.set(name, resolve));
  };
  return { begun, hold, end: (name: string) => held.get(name)?.() };
}

test('one work of a key at a time; of those asked for meanwhile only the newest is done', async () => {
  const latest = new LatestWork();
  const { begun, hold, end } = works();
  for (const name of ['first', 'second', 'third']) latest.put('shop', hold(name));
  latest.put('other shop', hold('beside'));
  expect(begun).toEqual(['first', 'beside']);
  end('first');
  await new Promise(setImmediate);
  expect(begun).toEqual(['first', 'beside', 'third']);
  end('third');
  end('beside');
  await latest.idle();
  expect(latest.size).toBe(0);
});

test('when it stops nothing more begins, and what runs is waited for', async () => {
  const latest = new LatestWork();
  const { begun, hold, end } = works();
  latest.put('shop', hold('first'));
  latest.put('shop', hold('second'));
  const stopped = latest.stop();
  latest.put('shop', hold('third'));
  end('first');
  await stopped;
  expect(begun).toEqual(['first']);
});

test('what is to be kept is done in order, although newer work is asked for', async () => {
  const latest = new LatestWork();
  const { begun, hold, end } = works();
  latest.put('shop', hold('first'));
  latest.put('shop', hold('left out'));
  latest.put('shop', hold('kept'), true);
  latest.put('shop', hold('left out too'));
  latest.put('shop', hold('newest'));
  for (const name of ['first', 'kept', 'newest']) {
    end(name);
    await new Promise(setImmediate);
  }
  await latest.idle();
  expect(begun).toEqual(['first', 'kept', 'newest']);
});

test('of a thousand works to be kept the newest sixteen are', async () => {
  const latest = new LatestWork();
  const { begun, hold, end } = works();
  latest.put('shop', hold('first'));
  let done = 0;
  const count = async () => {
    done += 1;
  };
  for (let index = 0; index < 1000; index += 1) latest.put('shop', count, true);
  end('first');
  await latest.idle();
  expect({ begun, done }).toEqual({ begun: ['first'], done: 16 });
});

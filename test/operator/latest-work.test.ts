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

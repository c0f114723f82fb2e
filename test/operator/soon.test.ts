import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Soon } from '../../src/operator/soon.ts';

test('what is asked for again before its time is done once, each key by itself', async () => {
  const done: string[] = [];
  const soon = new Soon(30, key => done.push(key));
  for (let n = 0; n < 100; n += 1) for (const key of ['a', 'b']) soon.add(key);
  expect(done).toEqual([]);
  await delay(100);
  expect(done).toEqual(['a', 'b']);
  soon.add('a');
  soon.stop();
  await delay(60);
  expect(done).toEqual(['a', 'b']);
});

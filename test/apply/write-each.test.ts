import { expect, test } from 'vitest';
import { writeEach } from '../../src/apply/write-each.ts';

test('gives the results in the order of the items', async () => {
  const wait = (ms: number) => new Promise<number>(resolve => setTimeout(() => resolve(ms), ms));
  expect(await writeEach([9, 3, 6], wait)).toEqual([9, 3, 6]);
});

test('does all of it, at most 20 at once, before it tells of the first failure', async () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  let running = 0;
  let most = 0;
  let done = 0;
  const write = async (item: number) => {
    most = Math.max(most, ++running);
    await new Promise(resolve => setTimeout(resolve, item % 3));
    running--;
    if (item === 7 || item === 6) throw new Error(`no ${item}`);
    done++;
  };
  await expect(writeEach(items, write)).rejects.toThrow('no 6');
  expect({ most, done, running }).toEqual({ most: 20, done: 48, running: 0 });
});

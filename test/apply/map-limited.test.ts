import { expect, test } from 'vitest';
import { mapLimited } from '../../src/apply/map-limited.ts';

test('mapLimited gives the results in the order of the items', async () => {
  const wait = (ms: number) => new Promise<number>(resolve => setTimeout(() => resolve(ms), ms));
  expect(await mapLimited([9, 3, 6], 2, wait)).toEqual([9, 3, 6]);
});

test('mapLimited does all of it before it tells of the first failure', async () => {
  const done: number[] = [];
  const work = async (item: number) => {
    await new Promise(resolve => setTimeout(resolve, item));
    if (item < 3) throw new Error(`no ${item}`);
    done.push(item);
  };
  await expect(mapLimited([2, 8, 1, 5, 4], 2, work)).rejects.toThrow('no 2');
  expect(done.toSorted()).toEqual([4, 5, 8]);
});

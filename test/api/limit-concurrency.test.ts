import { expect, test } from 'vitest';
import { limitConcurrency } from '../../src/api/limit-concurrency.ts';

test('never more than the limit at once, all in the end, also when some fail', async () => {
  const limited = limitConcurrency(2);
  let running = 0;
  let most = 0;
  const work = async (index: number) => {
    most = Math.max(most, ++running);
    await new Promise(resolve => setImmediate(resolve));
    running--;
    if (index === 1) throw new Error('one fails');
    return index;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map(index => limited(() => work(index))));
  expect(most).toBe(2);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});

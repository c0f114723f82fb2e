import { expect, test } from 'vitest';
import { answerBeside, looksBeside } from '../../../src/observe/first/looks-beside.ts';
import type { RightsObservation } from '../../../src/observe/workloads/look-at-rights.ts';

/** A look that answers when it is told to, with what it is told. */
function openLook<T>() {
  const waiting: ((answer: T) => void)[] = [];
  const look = () => new Promise<T>(resolve => waiting.push(resolve));
  return { look, answer: (value: T) => waiting.shift()?.(value) };
}

test('only the first answer is waited for; later the last one counts until a newer one has come', async () => {
  const { look, answer } = openLook<string>();
  const beside = answerBeside(look);
  const first = beside();
  expect(await Promise.race([first, 'waits'])).toBe('waits');
  answer('first');
  expect(await first).toBe('first');
  expect(await beside()).toBe('first');
  answer('second');
  expect(await beside()).toBe('second');
});

test('an answer from memory is the newest, and a failure beside is told by nobody', async () => {
  let now = 0;
  const beside = answerBeside(async () => (now += 1));
  expect([await beside(), await beside()]).toEqual([1, 2]);

  const { look, answer } = openLook<string>();
  let isBroken = false;
  const failing = answerBeside(() =>
    isBroken ? new Promise<string>((_, reject) => setTimeout(reject, 5, new Error('late'))) : look(),
  );
  const first = failing();
  answer('known');
  await first;
  isBroken = true;
  expect(await failing()).toBe('known');
  await new Promise(resolve => setTimeout(resolve, 20));
});

test('the rights in one namespace stand for no other', async () => {
  const { look, answer } = openLook<RightsObservation | undefined>();
  const { lookAtRights } = looksBeside({
    lookAtGuard: async () => undefined,
    lookAtSchemas: async () => [],
    lookAtRights: look,
  });
  const right = { verb: 'patch', group: 'autoscaling', resource: 'horizontalpodautoscalers' } as const;
  const missing = { missing: [right] };
  const shop = lookAtRights({ namespace: 'shop', rights: [right] }, 0);
  answer(missing);
  expect(await shop).toEqual(missing);
  const other = lookAtRights({ namespace: 'other', rights: [right] }, 0);
  expect(await Promise.race([other, 'waits'])).toBe('waits');
  answer(undefined);
  expect(await other).toBeUndefined();
  expect(await lookAtRights({ namespace: 'shop', rights: [right] }, 0)).toEqual(missing);
});

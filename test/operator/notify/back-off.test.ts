import { expect, test } from 'vitest';
import { backOffMs } from '../../../src/operator/notify/back-off.ts';

test.each([
  ['the first failure waits 1 to 2 s', 1, [1_000, 2_000]],
  ['each further one twice as long', 4, [8_000, 16_000]],
  ['10 minutes at most', 30, [300_000, 600_000]],
])('%s', (_, failures, [least, most]) => {
  expect(backOffMs(failures, 0)).toBe(least);
  expect(backOffMs(failures, 1)).toBe(most);
});

test('a receiver that asks for a longer wait gets it, up to 10 minutes', () => {
  expect(backOffMs(1, 0, 30)).toBe(30_000);
  expect(backOffMs(1, 0, 86_400)).toBe(600_000);
});

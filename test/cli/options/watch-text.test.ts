import { expect, test } from 'vitest';
import { watchText } from '../../../src/cli/options/watch-text.ts';

test('what is watched is printed once, and again when it changes, until it is stopped', async () => {
  const stop = new AbortController();
  const answers = ['a\n', 'a\n', 'b\n', 'b\n'];
  const printed: string[] = [];
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
    if (slept.length === 4) stop.abort();
  };
  await watchText(
    async () => answers.shift() ?? '',
    text => printed.push(text),
    stop.signal,
    { sleep },
  );
  expect(printed).toEqual(['a\n', '\nb\n']);
  expect(slept).toEqual([2000, 2000, 2000, 2000]);
});

import { expect, test } from 'vitest';
import { parseGoDuration } from '../../src/cli/go-duration.ts';

test.each([
  ['0', 0],
  ['90', 90_000],
  ['90s', 90_000],
  ['500ms', 500],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
])('%s is %i ms', (text, ms) => {
  expect(parseGoDuration(text)).toBe(ms);
});

test.each([['soon'], ['-5s'], ['1.5h'], ['5 m'], ['1h30'], ['']])('%j is no duration', text => {
  expect(() => parseGoDuration(text)).toThrow('expected a duration, as 90s, 5m or 1h30m');
});

import { expect, test } from 'vitest';
import { formatDuration } from '../../src/api/duration.ts';

test.each([
  [273_600, '3 d 4 h'],
  [90, '1 min 30 s'],
  [3600, '1 h'],
  [86_400 + 60, '1 d 1 min'],
  [0, '0 s'],
  [0.4, '0 s'],
  [-90, '-1 min 30 s'],
])('formatDuration(%d) is %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

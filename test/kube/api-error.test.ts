import { expect, test } from 'vitest';
import { toApiError } from '../../src/kube/api-error.ts';

const ourNow = Date.parse('2026-11-27T19:10:00Z');

test.each<[string, Record<string, string>, number | undefined]>([
  ['seconds', { 'retry-after': '30' }, 30_000],
  ['a date of a server whose clock is ours', { 'retry-after': 'Fri, 27 Nov 2026 19:10:30 GMT' }, 30_000],
  [
    'a date of a server whose clock is ten minutes behind ours',
    { date: 'Fri, 27 Nov 2026 19:00:00 GMT', 'retry-after': 'Fri, 27 Nov 2026 19:00:30 GMT' },
    30_000,
  ],
  [
    'a date of a server whose clock is ten minutes ahead of ours',
    { date: 'Fri, 27 Nov 2026 19:20:00 GMT', 'retry-after': 'Fri, 27 Nov 2026 19:20:30 GMT' },
    30_000,
  ],
  ['a date that has passed', { 'retry-after': 'Fri, 27 Nov 2026 19:00:00 GMT' }, 0],
  ['no time', {}, undefined],
])('reads how long to wait from %s', (_, headers, expected) => {
  const error = toApiError({ status: 429, headers, body: Buffer.from(''), what: 'PATCH', wallMs: ourNow });
  expect(error.retryAfterMs).toBe(expected);
});

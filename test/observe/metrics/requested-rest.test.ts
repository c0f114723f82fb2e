import { describe, expect, test } from 'vitest';
import { requestedRest } from '../../../src/observe/metrics/requested-rest.ts';
import { restOf300 } from '../../support/metric-stores/store-answers.ts';

const now = Date.parse('2026-11-20T10:00:00Z');

describe('requestedRest', () => {
  test.each(Object.entries(restOf300))('reads 300 s from %s', (_, headers) => {
    expect(requestedRest(new Headers(headers), now).seconds).toBe(300);
  });

  test.each([
    ['nothing', {}, undefined],
    ['no number', { 'retry-after': 'soon' }, undefined],
    ['a time that is over', { 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT' }, 0],
    ['a year', { 'retry-after': '31536000' }, 3600],
    ['Retry-After before a reset', { 'retry-after': '5', 'x-ratelimit-reset': '300' }, 5],
    ['a reset of two limits', { 'x-ratelimit-reset': '30, 3600' }, 30],
  ])('reads of %s what is meant, never longer than an hour', (_, headers, seconds) => {
    expect(requestedRest(new Headers(headers as Record<string, string>), now).seconds).toBe(seconds);
  });

  test.each([
    [{ 'x-ratelimit-remaining': '0' }, true],
    [{ 'x-ratelimit-remaining': '12' }, false],
    [{ ratelimit: 'limit=10, remaining=0, reset=7' }, true],
    [{}, false],
  ])('knows from %j whether the budget is used up', (headers, isUsedUp) => {
    expect(requestedRest(new Headers(headers as Record<string, string>), now).isUsedUp).toBe(isUsedUp);
  });
});

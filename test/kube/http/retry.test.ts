import { describe, expect, test } from 'vitest';
import { ApiError, TransportError } from '../../../src/kube/api-error.ts';
import { type FailedAttempt, isIdentityRefused, planRetry } from '../../../src/kube/http/retry.ts';

const api = (status: number, retryAfterMs?: number) => new ApiError(status, {}, 'GET /', retryAfterMs);
const lost = (code: string, sent = true) => new TransportError(code, sent, code);

describe('the wait before another try', () => {
  const base = { attempt: 1, maxAttempts: 5, repeatable: true, remainingMs: 10_000, random: 0.5 };
  test.each<[string, Partial<FailedAttempt> & Pick<FailedAttempt, 'failure'>, number | undefined]>([
    ['is 100 ms at first', { failure: api(503) }, 100],
    ['doubles', { failure: api(503), attempt: 4 }, 800],
    ['is jittered down to a half', { failure: api(503), random: 0 }, 50],
    ['is jittered up to one and a half', { failure: api(503), random: 1 }, 150],
    ['is Retry-After where that is longer', { failure: api(429, 2_000) }, 2_000],
    ['is not shortened by Retry-After', { failure: api(429, 10), attempt: 4 }, 800],
    ['is not taken past the deadline', { failure: api(429, 10_000) }, undefined],
    ['is not taken after the last attempt', { failure: api(503), attempt: 5 }, undefined],
    ['is for what never left, whatever the verb', { failure: lost('ECONNREFUSED', false), repeatable: false }, 100],
    ['is not for what may have been executed', { failure: lost('ECONNRESET'), repeatable: false }, undefined],
    ['is not for a deadline', { failure: lost('DEADLINE') }, undefined],
    ['is not for an answer that is too large', { failure: lost('TOO_LARGE') }, undefined],
    ['is not for TLS that stays refused', { failure: lost('CERT_HAS_EXPIRED', false) }, undefined],
    ['is not for a bug', { failure: new TypeError('undefined is not a function') }, undefined],
  ])('%s', (_, failed, wait) => {
    expect(planRetry({ ...base, ...failed })).toBe(wait);
  });
});

test.each<[string, unknown, boolean]>([
  ['401', api(401), true],
  ['a certificate nobody vouches for', lost('UNABLE_TO_VERIFY_LEAF_SIGNATURE', false), true],
  ['a client certificate that was refused', lost('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), true],
  ['403: we are known, and may not', api(403), false],
  ['a lost connection', lost('ECONNRESET'), false],
])('a new identity may help against %s: %s', (_, failure, helps) => {
  expect(isIdentityRefused(failure)).toBe(helps);
});

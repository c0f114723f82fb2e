import { ApiError, TransportError } from '../api-error.ts';

/** What is known when a call has failed. */
export interface FailedAttempt {
  readonly failure: unknown;
  /** 1 for the first. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Doing it twice is the same as doing it once: GET, HEAD, server-side apply. */
  readonly repeatable: boolean;
  /** Of the call's deadline. */
  readonly remainingMs: number;
  /** In [0, 1). */
  readonly random: number;
}

/**
 * Milliseconds to wait before the next attempt, or undefined when the failure stands.
 *
 *   failure                          repeatable   any other verb
 *   429                              wait         wait
 *   500 502 503 504                  wait         fails
 *   never sent (refused, DNS)        wait         wait
 *   connection lost                  wait         fails: it may have been executed
 *   DEADLINE, TOO_LARGE, other 4xx   fails        fails
 *
 * The wait is 100 ms · 2ⁿ ± 50 %, or Retry-After where that is longer; a wait past the deadline fails at once.
 */
export function planRetry(failed: FailedAttempt): number | undefined {
  if (failed.attempt >= failed.maxAttempts || !isWorthRepeating(failed.failure, failed.repeatable)) return undefined;
  const backOff = firstWaitMs * 2 ** (failed.attempt - 1) * (0.5 + failed.random);
  const asked = failed.failure instanceof ApiError ? (failed.failure.retryAfterMs ?? 0) : 0;
  const wait = Math.max(backOff, asked);
  return wait < failed.remainingMs ? wait : undefined;
}

/** True when a new identity may help and nothing can have been executed: 401, or TLS that was not accepted. */
export function isIdentityRefused(failure: unknown): boolean {
  if (failure instanceof ApiError) return failure.status === 401;
  return failure instanceof TransportError && tlsRefusal.test(failure.code);
}

const firstWaitMs = 100;
const busy = [500, 502, 503, 504];
const final = /^(DEADLINE|TOO_LARGE|CREDENTIALS)$/;
const tlsRefusal =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|HOSTNAME_MISMATCH)/;

function isWorthRepeating(failure: unknown, repeatable: boolean): boolean {
  if (failure instanceof ApiError) return failure.status === 429 || (repeatable && busy.includes(failure.status));
  if (!(failure instanceof TransportError) || final.test(failure.code) || tlsRefusal.test(failure.code)) return false;
  return repeatable || !failure.sent;
}

import { ApiError, TransportError } from '../api-error.ts';

/** What is known about a failed attempt. */
export interface FailedAttempt {
  readonly failure: unknown;
  /** The number of the attempt, from 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Whether repeating the call is safe: GET, HEAD, server-side apply. */
  readonly repeatable: boolean;
  /** Milliseconds left of the call's deadline. */
  readonly remainingMs: number;
  /** A random number in [0, 1), for jitter. */
  readonly random: number;
}

/**
 * Milliseconds to wait before the next attempt, or undefined when the call has failed for good.
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
  const retryAfterMs = failed.failure instanceof ApiError ? (failed.failure.retryAfterMs ?? 0) : 0;
  const wait = Math.max(backOff, retryAfterMs);
  return wait < failed.remainingMs ? wait : undefined;
}

/** Tells whether a new identity may help and the request cannot have been executed: 401, or a refused TLS handshake. */
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

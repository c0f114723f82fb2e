import { formatInstant } from '../../api/instant.ts';
import { ApiError, isApiError } from '../api-error.ts';
import { realTiming, type Timing } from '../timing.ts';
import type { ApiCall, Transport } from './transport.ts';

/** First pause after the server is too busy and does not say for how long, in ms; doubles up to `longestOwnMs`. */
const firstOwnMs = 1_000;
const longestOwnMs = 30_000;
/** Longest pause, whatever the server asks for, in ms: one write then asks again. */
const longestRestMs = 300_000;
/** Milliseconds for which one write on trial keeps the others waiting; a hanging one must not hold up all. */
const trialMs = 1_000;
/** Milliseconds until a write asks again while another one is on trial. */
const askAgainMs = 50;

/** A write that the budget kept back; nothing was sent. */
class NotSentError extends ApiError {
  constructor(message: string, retryAfterMs: number) {
    super(429, { reason: 'TooManyRequests', message }, 'not sent', retryAfterMs);
  }
}

export interface ApiWriteBudgetOptions {
  readonly timing?: Pick<Timing, 'monotonicMs' | 'wallMs'>;
  /** Called when a pause begins, with its length in ms and the server's answer. */
  readonly onRest?: (ms: number, answer: ApiError) => void;
}

/**
 * Budget of writes to one API server, shared by all writers of the process: no write is sent during a pause that the
 * server asked any of them for (429, or 503 with Retry-After). After a pause, and before the first answer, one write is
 * sent at a time until the server accepts one. Leases do not use it: losing the lease helps no server.
 */
export class ApiWriteBudget {
  readonly #timing: Pick<Timing, 'monotonicMs' | 'wallMs'>;
  readonly #onRest: ApiWriteBudgetOptions['onRest'];
  /** Monotonic ms. */
  #restUntil = Number.NEGATIVE_INFINITY;
  #why = '';
  #refusedInARow = 0;
  #isOpen = false;
  #trial: { readonly write: object; readonly until: number } | undefined;

  constructor({ timing = realTiming, onRest }: ApiWriteBudgetOptions = {}) {
    this.#timing = timing;
    this.#onRest = onRest;
  }

  /** Milliseconds until a write may be sent; 0 when it may be sent now. */
  get restMs(): number {
    return Math.max(0, this.#restUntil - this.#timing.monotonicMs());
  }

  /** Checks that a write may be sent. @throws ApiError 429 with the time to wait during a pause */
  assertFree(): void {
    const { restMs } = this;
    if (restMs === 0) return;
    const from = formatInstant(this.#timing.wallMs() + restMs);
    throw new NotSentError(`nothing is written before ${from}, as the API server asked: ${this.#why}`, restMs);
  }

  /** Begins one attempt of a write. @throws ApiError 429 during a pause, or while another write is on trial */
  begin(write: object): void {
    this.assertFree();
    if (this.#isOpen) return;
    const now = this.#timing.monotonicMs();
    if (this.#trial !== undefined && this.#trial.write !== write && now < this.#trial.until)
      throw new NotSentError('another write is to show first that the API server accepts writes', askAgainMs);
    this.#trial = { write, until: now + trialMs };
  }

  /** Records a failed attempt of any call; a refusal for load starts a pause. */
  failed(failure: unknown): void {
    if (!(failure instanceof ApiError) || failure instanceof NotSentError) return;
    const { status, retryAfterMs } = failure;
    if (status !== 429 && (status !== 503 || retryAfterMs === undefined)) return;
    const isResting = this.restMs > 0;
    if (isResting && retryAfterMs === undefined) return;
    const ownMs = Math.min(longestOwnMs, firstOwnMs * 2 ** Math.min(10, this.#refusedInARow));
    const ms = Math.min(longestRestMs, retryAfterMs ?? ownMs);
    this.#isOpen = false;
    this.#restUntil = Math.max(this.#restUntil, this.#timing.monotonicMs() + ms);
    this.#why = failure.message;
    if (isResting) return;
    this.#refusedInARow += 1;
    this.#onRest?.(ms, failure);
  }

  /** Records that the server has executed a write, or refused it for another reason than load. */
  accepted(): void {
    this.#isOpen = true;
    this.#refusedInARow = 0;
  }

  /** Ends a write, whatever became of it. */
  end(write: object): void {
    if (this.#trial?.write === write) this.#trial = undefined;
  }
}

/** Returns a transport whose writes share a budget; reads are sent at any time, and their refusals count. */
export function budgetWrites(transport: Transport, budget: ApiWriteBudget): Transport {
  const noting = (call: ApiCall): ApiCall => ({
    ...call,
    onFailure: failure => {
      call.onFailure?.(failure);
      budget.failed(failure);
    },
  });
  return {
    async send(call) {
      if (call.method === 'GET' || call.method === 'HEAD') return transport.send(noting(call));
      const write = {};
      const guard = () => {
        budget.begin(write);
        call.guard?.();
      };
      try {
        const answer = await transport.send({ ...noting(call), guard });
        budget.accepted();
        return answer;
      } catch (error) {
        if (isApiError(error, 400, 403, 404, 409, 422)) budget.accepted();
        throw error;
      } finally {
        budget.end(write);
      }
    },
    stream: call => transport.stream(noting(call)),
    suspect: () => transport.suspect(),
    close: () => transport.close(),
  };
}

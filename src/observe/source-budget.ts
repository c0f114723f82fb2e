import { formatInstant } from '../api/instant.ts';
import { limitConcurrency } from '../api/limit-concurrency.ts';
import { type Ask, MetricSourceError } from './metrics/metric-source.ts';

const questionsAtOnce = 8;
/**
 * First pause after a store is too busy and does not say for how long, in ms; doubles each time up to `longestRestMs`.
 */
const firstRestMs = 30_000;
const longestRestMs = 120_000;

/**
 * Budget of one metric source's queries, shared by all targets of the operator: eight at once, one at a time until the
 * source is known to answer, and none during a pause that it asked for.
 */
export class SourceBudget {
  readonly #name: string;
  readonly #inTurn = limitConcurrency(questionsAtOnce);
  /** Epoch ms, domain time. */
  #now = 0;
  #restUntil = 0;
  #why = '';
  #throttledInARow = 0;
  #isOpen = false;
  #trial: Promise<void> | undefined;

  /** `name`: the source's name in the settings. */
  constructor(name: string) {
    this.#name = name;
  }

  /** Advances the time to `now`, epoch ms. */
  look(now: number): void {
    this.#now = Math.max(this.#now, now);
  }

  readonly ask: Ask = async question => {
    while (!this.#isOpen && this.#trial !== undefined) await this.#trial;
    this.assertFree();
    if (this.#isOpen) return this.#inTurn(() => this.#send(question));
    const ended = Promise.withResolvers<void>();
    this.#trial = ended.promise;
    try {
      return await this.#send(question);
    } finally {
      this.#trial = undefined;
      ended.resolve();
    }
  };

  /** Checks that the source may be queried. @throws MetricSourceError `Throttled` during a pause */
  assertFree(): void {
    if (this.#now >= this.#restUntil) return;
    throw new MetricSourceError(
      'Throttled',
      `source "${this.#name}" is not asked before ${formatInstant(this.#restUntil)}: ${this.#why}`,
    );
  }

  /** Records a failed query: `Throttled` starts a pause, any other failure shows that the source answers. */
  refused(error: unknown): void {
    if (!(error instanceof MetricSourceError) || error.reason !== 'Throttled') {
      this.#isOpen = true;
      return;
    }
    // A pause of no time, as of a date that is over, says nothing of when there will be an answer.
    const stated =
      error.retryAfterSeconds === undefined || error.retryAfterSeconds <= 0 ? undefined : error.retryAfterSeconds;
    if (this.#now < this.#restUntil && stated === undefined) return;
    const ownMs = Math.min(longestRestMs, firstRestMs * 2 ** Math.min(10, this.#throttledInARow));
    this.#throttledInARow += 1;
    this.#isOpen = false;
    this.#rest(stated ?? ownMs / 1000, error.message);
  }

  async #send<T extends Awaited<ReturnType<Parameters<Ask>[0]>>>(question: () => Promise<T>): Promise<T> {
    this.assertFree();
    try {
      const answer = await question();
      this.#isOpen = true;
      this.#throttledInARow = 0;
      if (answer.restSeconds !== undefined) this.#rest(answer.restSeconds, 'its budget of questions is used up.');
      return answer;
    } catch (error) {
      this.refused(error);
      throw error;
    }
  }

  #rest(seconds: number, why: string): void {
    this.#restUntil = Math.max(this.#restUntil, this.#now + seconds * 1000);
    this.#why = why;
  }
}

import { Worker } from 'node:worker_threads';
import type { ModelAnswer } from './kept-models.ts';
import { type AnswerMessage, unpackAnswer, type WorkMessage } from './thread-messages.ts';

/** What a thread answered, or how it ended. */
export type WorkerAnswer = ModelAnswer | { readonly ended: string };

/** Milliseconds that a thread may take to start, on a machine that does much else. */
const longestStartMs = 60_000;
/** Resource limits of a thread: the heap, in MB, above which it ends and is replaced instead of the whole process. */
const resourceLimits = { maxOldGenerationSizeMb: 384 };

/**
 * One thread and the work that it does, one at a time. It ends when it crashes, and is ended when a work takes longer
 * than `longestMs`; its work is then answered with the reason.
 */
export class ForecastWorker {
  readonly #worker: Worker;
  readonly #longestMs: number;
  /** Fits that it was given, so that their inputs need not be sent again; it may have dropped some. */
  readonly fits = new Set<string>();
  #answer: ((answer: WorkerAnswer) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isReady = false;
  #ended: string | undefined;

  constructor(entry: URL, longestMs: number) {
    this.#longestMs = longestMs;
    this.#worker = new Worker(entry, { resourceLimits });
    this.#worker.on('message', (message: AnswerMessage | 'Ready') => {
      if (message !== 'Ready') return this.#settle(unpackAnswer(message));
      this.#isReady = true;
      if (this.isBusy) this.#watch();
    });
    this.#worker.on('error', error => this.#end(error instanceof Error ? error.message : String(error)));
    this.#worker.on('exit', code => this.#end(`it exited with ${code}`));
    this.#worker.unref();
  }

  get isBusy(): boolean {
    return this.#answer !== undefined;
  }

  /** Why the thread has ended; undefined while it lives. */
  get ended(): string | undefined {
    return this.#ended;
  }

  /** Does one work. Never rejects; only while it is not busy. */
  work(message: WorkMessage): Promise<WorkerAnswer> {
    if (this.#ended !== undefined) return Promise.resolve({ ended: this.#ended });
    const { promise, resolve } = Promise.withResolvers<WorkerAnswer>();
    this.#answer = resolve;
    this.#watch();
    if (message.input !== undefined) this.fits.add(message.fit);
    this.#worker.postMessage(message, message.input === undefined ? [] : [message.input.values.buffer]);
    return promise;
  }

  async stop(): Promise<void> {
    this.#end('the operator stops');
    await this.#worker.terminate();
  }

  /** Ends the thread when it takes too long from now on. */
  #watch(): void {
    const longestMs = this.#isReady ? this.#longestMs : longestStartMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#end(`it took longer than ${longestMs / 1000} s`);
      void this.#worker.terminate();
    }, longestMs);
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    this.#settle({ ended: this.#ended });
  }

  #settle(answer: WorkerAnswer): void {
    clearTimeout(this.#timer);
    const resolve = this.#answer;
    this.#answer = undefined;
    resolve?.(answer);
  }
}

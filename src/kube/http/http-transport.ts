import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { TransportError, toApiError } from '../api-error.ts';
import { realTiming } from '../timing.ts';
import type { Credentials, Identity } from './credentials.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { exchange, readBody } from './exchange.ts';
import { toOutgoing } from './outgoing.ts';
import { isIdentityRefused, planRetry } from './retry.ts';
import type { DatedAnswer } from './server-clock.ts';
import type { Answer, ApiCall, StreamAnswer, Transport } from './transport.ts';

export interface TransportOptions {
  /** Milliseconds per call. @default 10_000 */
  readonly deadlineMs?: number;
  /** Milliseconds until the status and headers of a stream's answer. @default 8_000 */
  readonly headMs?: number;
  /** Attempts per call, including the first. @default 5 */
  readonly maxAttempts?: number;
  /**
   * Sockets for calls. Streams have their own pool without a limit, so that watches never block a write.
   *
   * @default 16
   */
  readonly connections?: number;
  /** Largest body of an answer in bytes, so that no answer can exhaust the memory. @default 64 MiB */
  readonly maxBytes?: number;
  /** Called with the time of each answer. */
  readonly onDate?: (answer: DatedAnswer) => void;
  /** Called at the end of each attempt, for metrics. */
  readonly onAttempt?: (attempt: Attempt) => void;
  /** Milliseconds without an answer after which `onWaiting` is called. @default 3_000 */
  readonly patienceMs?: number;
  /** Called while a call has no answer: after `patienceMs`, and at each attempt that ends without one. */
  readonly onWaiting?: (waiting: Waiting) => void;
}

/** A call that has no answer yet. */
export interface Waiting {
  readonly server: string;
  /** "GET /apis/headstart.dev/v1alpha1/flashsales" */
  readonly call: string;
  /** Milliseconds since the call began. */
  readonly ms: number;
  /** Why the last attempt got no answer; undefined while the first is under way. */
  readonly failure: string | undefined;
}

export interface Attempt {
  readonly method: string;
  readonly path: string;
  /** HTTP status as text, or a TransportError's code. */
  readonly outcome: string;
  readonly ms: number;
}

const defaults = {
  deadlineMs: 10_000,
  headMs: 8_000,
  maxAttempts: 5,
  connections: 16,
  maxBytes: 64 * 2 ** 20,
  patienceMs: 3_000,
};

/**
 * Opens a transport on Node's own http and https, with pooled connections, a deadline for each call and a limited
 * number of retries.
 */
export function openTransport(credentials: Credentials, options: TransportOptions = {}): Transport {
  return new HttpTransport(credentials, { ...defaults, ...options });
}

class HttpTransport implements Transport {
  readonly #credentials: Credentials;
  readonly #options: TransportOptions & typeof defaults;
  readonly #calls: http.Agent;
  readonly #streams: http.Agent;

  constructor(credentials: Credentials, options: TransportOptions & typeof defaults) {
    this.#credentials = credentials;
    this.#options = options;
    const { Agent } = credentials.server.startsWith('https:') ? https : http;
    this.#calls = new Agent({ keepAlive: true, maxSockets: options.connections, scheduling: 'lifo' });
    this.#streams = new Agent({ keepAlive: true });
  }

  async send(call: ApiCall): Promise<Answer> {
    const deadline = startDeadline(call.deadlineMs ?? this.#options.deadlineMs, this.#address(call), call.signal);
    const waiting = this.#startWaiting(call);
    try {
      return await this.#attempts(call, deadline, waiting);
    } catch (error) {
      if (isDeadline(error)) this.suspect();
      throw error;
    } finally {
      deadline.clear();
      waiting.end();
    }
  }

  async stream(call: ApiCall): Promise<StreamAnswer> {
    const life = startDeadline(call.deadlineMs ?? this.#options.deadlineMs, this.#address(call), call.signal);
    const head = startDeadline(this.#options.headMs, this.#address(call), life.signal);
    const waiting = this.#startWaiting(call);
    try {
      const response = await this.#withIdentity(head.signal, identity =>
        this.#head(call, identity, this.#streams, head.signal),
      );
      followLife(response, life);
      return { status: response.statusCode ?? 0, headers: response.headers, stream: response };
    } catch (error) {
      life.clear();
      call.onFailure?.(error);
      waiting.failed(error);
      if (isDeadline(error)) this.suspect();
      throw error;
    } finally {
      head.clear();
      waiting.end();
    }
  }

  suspect(): void {
    for (const agent of [this.#calls, this.#streams])
      for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  }

  close(): void {
    this.#calls.destroy();
    this.#streams.destroy();
  }

  async #attempts(call: ApiCall, deadline: Deadline, waiting: WaitingTimer): Promise<Answer> {
    const repeatable = call.idempotent ?? (call.method === 'GET' || call.method === 'HEAD');
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#withIdentity(deadline.signal, identity => this.#whole(call, identity, deadline.signal));
      } catch (failure) {
        call.onFailure?.(failure);
        waiting.failed(failure);
        const { maxAttempts } = this.#options;
        const remainingMs = deadline.remainingMs();
        const wait = planRetry({ failure, attempt, maxAttempts, repeatable, remainingMs, random: Math.random() });
        if (wait === undefined) throw failure;
        await realTiming.sleep(wait, deadline.signal);
      }
    }
  }

  /**
   * Runs an attempt with the current identity, and once more with a fresh one when the server refuses the first. Safe
   * for any verb, since a refused request is not executed.
   */
  async #withIdentity<T>(signal: AbortSignal, attempt: (identity: Identity) => Promise<T>): Promise<T> {
    const identity = await orAborted(this.#credentials.current(), signal);
    try {
      return await attempt(identity);
    } catch (error) {
      if (!isIdentityRefused(error)) throw error;
      return attempt(await orAborted(this.#credentials.refresh(identity), signal));
    }
  }

  /** Tells of a call without an answer, until `end`. */
  #startWaiting(call: ApiCall): WaitingTimer {
    const { onWaiting, patienceMs } = this.#options;
    const { server } = this.#credentials;
    const started = performance.now();
    const tell = (failure?: string) =>
      onWaiting?.({ server, call: describe(call), ms: performance.now() - started, failure });
    const timer = setTimeout(tell, patienceMs);
    return {
      failed: error => {
        if (error instanceof TransportError) tell(error.message);
      },
      end: () => clearTimeout(timer),
    };
  }

  #address(call: ApiCall): string {
    return `${call.method} ${this.#credentials.server.replace(/\/$/, '')}${call.path}`;
  }

  async #whole(call: ApiCall, identity: Identity, signal: AbortSignal): Promise<Answer> {
    const response = await this.#head(call, identity, this.#calls, signal);
    const body = await readBody(response, this.#options.maxBytes, signal);
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  }

  /** Makes one attempt, up to the status and headers of a 2xx answer. */
  async #head(call: ApiCall, identity: Identity, agent: http.Agent, signal: AbortSignal): Promise<IncomingMessage> {
    const started = performance.now();
    const finish = (outcome: string) =>
      this.#options.onAttempt?.({ method: call.method, path: call.path, outcome, ms: performance.now() - started });
    call.guard?.();
    const sentMs = Date.now();
    try {
      const response = await exchange(toOutgoing(call, this.#credentials.server, identity), agent, signal);
      const status = response.statusCode ?? 0;
      this.#options.onDate?.({ date: response.headers.date, sentMs, receivedMs: Date.now() });
      finish(String(status));
      if (status < 300) return response;
      const answer = await readBody(response, this.#options.maxBytes, signal);
      throw toApiError({ status, headers: response.headers, body: answer, what: describe(call), wallMs: Date.now() });
    } catch (error) {
      if (error instanceof TransportError) finish(error.code);
      throw error;
    }
  }
}

interface WaitingTimer {
  failed(error: unknown): void;
  end(): void;
}

function followLife(response: IncomingMessage, life: Deadline): void {
  const end = () => response.destroy(life.signal.reason instanceof Error ? life.signal.reason : undefined);
  // The reader may not have attached yet; without a listener the end of a watch would be an uncaught exception.
  response.on('error', () => {});
  response.once('close', () => {
    life.signal.removeEventListener('abort', end);
    life.clear();
  });
  if (life.signal.aborted) end();
  else life.signal.addEventListener('abort', end, { once: true });
}

/**
 * Resolves with the promise, or rejects when the signal fires first: reading credentials may take longer than the call
 * may.
 */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function describe(call: ApiCall): string {
  return `${call.method} ${call.path}`;
}

function isDeadline(error: unknown): boolean {
  return error instanceof TransportError && error.code === 'DEADLINE';
}

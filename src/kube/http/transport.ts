import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** One call to the API server. */
export interface ApiCall {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** "/apis/headstart.dev/v1alpha1/flashsales" */
  readonly path: string;
  /** Query parameters; undefined values are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** @default 'application/json' */
  readonly contentType?: string | undefined;
  /**
   * Whether repeating the call is safe, so that it is retried after a lost connection.
   *
   * @default true for GET and HEAD
   */
  readonly idempotent?: boolean | undefined;
  /**
   * Milliseconds for the whole call: connecting, attempts, waits between them, the body. For a stream, its whole life.
   */
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called synchronously before each attempt; an exception from it ends the call. */
  readonly guard?: (() => void) | undefined;
  /** Called with each failed attempt, before another one is planned. */
  readonly onFailure?: ((failure: unknown) => void) | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface StreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Destroyed by its reader, by the signal or when its deadline passes, whichever comes first. */
  readonly stream: IncomingMessage;
}

/** An HTTP client for one API server. */
export interface Transport {
  /** @throws ApiError on any answer ≥ 300, TransportError when none came, the signal's reason once it is aborted */
  send(call: ApiCall): Promise<Answer>;
  /**
   * Resolves with the status and headers of a 2xx answer, within `headMs`. Throws like `send`; retries only after a
   * 401.
   */
  stream(call: ApiCall): Promise<StreamAnswer>;
  /** Closes every idle connection, so that a broken network path costs one deadline and not one per pooled socket. */
  suspect(): void;
  /** Closes every connection, including those in use. */
  close(): void;
}

/** Called before each attempt of a write: throws when it may not be sent, and limits how long it may take. */
export interface WriteFence {
  check(): void;
  readonly deadlineMs: number;
}

/** Returns a transport whose writes the server checks and answers and does not store. */
export function tryWrites(transport: Transport): Transport {
  const tried = (call: ApiCall): ApiCall => ({
    ...call,
    query: { ...call.query, dryRun: 'All' },
  });
  return {
    send: call => transport.send(call.method === 'GET' || call.method === 'HEAD' ? call : tried(call)),
    stream: call => transport.stream(call),
    suspect: () => transport.suspect(),
    close: () => transport.close(),
  };
}

/** Returns a transport that fences every call except reads: for writes that need a lease. */
export function fenceWrites(transport: Transport, fence: WriteFence): Transport {
  const fenced = (call: ApiCall): ApiCall => ({
    ...call,
    guard: () => fence.check(),
    deadlineMs: Math.min(call.deadlineMs ?? fence.deadlineMs, fence.deadlineMs),
  });
  return {
    send: call => transport.send(call.method === 'GET' || call.method === 'HEAD' ? call : fenced(call)),
    stream: call => transport.stream(call),
    suspect: () => transport.suspect(),
    close: () => transport.close(),
  };
}

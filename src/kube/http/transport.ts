import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** One call to the API server. */
export interface Call {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** "/apis/headstart.dev/v1alpha1/flashsales" */
  readonly path: string;
  /** Undefined values are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** @default 'application/json' */
  readonly contentType?: string | undefined;
  /** Doing it twice is the same as doing it once, so lost connections are tried again. @default true for GET and HEAD */
  readonly idempotent?: boolean | undefined;
  /** For everything: connecting, tries, waits between them, the whole body. A stream's is its whole life. */
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called synchronously before each attempt leaves; what it throws ends the call. */
  readonly guard?: (() => void) | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface StreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Destroyed by its reader, by the signal or at the end of its life, whichever is first. */
  readonly stream: IncomingMessage;
}

/** The road to one API server. */
export interface Transport {
  /** @throws ApiError on any answer ≥ 300, TransportError when none came, the signal's reason once it is aborted */
  send(call: Call): Promise<Answer>;
  /** Resolves with the head of a 2xx answer, within `headMs`. Throws as `send`; tried again only after a 401. */
  stream(call: Call): Promise<StreamAnswer>;
  /** Closes every idle connection: a dead path must cost one deadline, not one for each pooled socket. */
  suspect(): void;
  /** Ends every connection, also those in use. */
  close(): void;
}

/** Asked before each attempt of a write: whether it may still leave (throws if not), and how long it may take. */
export interface WriteFence {
  check(): void;
  readonly deadlineMs: number;
}

/** A transport whose every call but reads is fenced: for writes that need a lease. */
export function fenceWrites(transport: Transport, fence: WriteFence): Transport {
  const fenced = (call: Call): Call => ({
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

/**
 * The Status object that the API server sends with a failure.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
 */
export interface Status {
  readonly reason?: string;
  readonly message?: string;
  readonly code?: number;
  readonly details?: {
    readonly retryAfterSeconds?: number;
    readonly causes?: readonly { readonly field?: string; readonly message?: string; readonly reason?: string }[];
  };
}

/** A refusal by the API server. `reason` is its CamelCase word ("Conflict"), or "HTTP 502" when it sent none. */
export class ApiError extends Error {
  readonly code = 'HEADSTART_API';
  readonly status: number;
  readonly reason: string;
  readonly body: Status;
  /** Milliseconds that the server asks the client to wait; undefined when it did not ask. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, body: Status, what: string, retryAfterMs?: number) {
    const reason = body.reason !== undefined && body.reason !== '' ? body.reason : `HTTP ${status}`;
    super(`${what}: ${status} ${reason}: ${body.message ?? 'no message'}`);
    this.name = 'ApiError';
    this.status = status;
    this.reason = reason;
    this.body = body;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * The error of a call that got no complete answer. `code` is Node's (ECONNREFUSED, ECONNRESET, a TLS code …) or one of this
 * module's: DEADLINE, TOO_LARGE, BAD_ANSWER, BAD_LINE, CREDENTIALS. `sent` is false when the request never left, so
 * that the server cannot have acted on it.
 */
export class TransportError extends Error {
  readonly code: string;
  readonly sent: boolean;

  constructor(code: string, sent: boolean, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TransportError';
    this.code = code;
    this.sent = sent;
  }
}

/**
 * Tells whether an error is an answer of the API server with one of these HTTP statuses, or with any status when none
 * is given.
 */
export function isApiError(error: unknown, ...statuses: readonly number[]): error is ApiError {
  return error instanceof ApiError && (statuses.length === 0 || statuses.includes(error.status));
}

/** Codes of failures in which the server was reached, or was never asked. */
const otherCodes: readonly string[] = ['CREDENTIALS', 'BAD_ANSWER', 'BAD_LINE', 'TOO_LARGE'];

/** Tells whether an error says that the API server could not be reached: no connection, no trust, or no answer in time. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof TransportError && !otherCodes.includes(error.code);
}

/**
 * Makes an error of an answer ≥ 300: from its Status when the server sent one, else from the start of its text. Bodies
 * of proxies (HTML) are shortened, never parsed. `Retry-After` is read from the header (seconds or an HTTP date) and
 * from the Status.
 */
export function toApiError(answer: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** The call's name in the error message: "GET /api/v1/pods". */
  readonly what: string;
  /** The current time in epoch ms, to turn an HTTP date into a delay when the answer has no `Date` of its own. */
  readonly wallMs: number;
}): ApiError {
  const body = parseStatus(answer.body, answer.status, answer.headers.location);
  const header = readRetryAfter(answer.headers['retry-after'], readDate(answer.headers.date) ?? answer.wallMs);
  const seconds = body.details?.retryAfterSeconds;
  const retryAfterMs = header ?? (typeof seconds === 'number' ? seconds * 1000 : undefined);
  return new ApiError(answer.status, body, answer.what, retryAfterMs);
}

function parseStatus(body: Buffer, status: number, location: string | string[] | undefined): Status {
  if (status < 400) return { message: `the server redirects to ${String(location)}, and redirects are not followed` };
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (isStatus(parsed)) return parsed;
  } catch {
    // Not JSON: the answer came from a proxy or a load balancer.
  }
  const text = body.subarray(0, 400).toString('utf8').replace(/\s+/g, ' ').trim();
  return text === '' ? {} : { message: text };
}

function isStatus(value: unknown): value is Status {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Status';
}

function readDate(header: string | string[] | undefined): number | undefined {
  const date = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}

/** Reads the delay in ms; a date is compared with `nowMs` of the server's own clock where that is known. */
function readRetryAfter(header: string | string[] | undefined, nowMs: number): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = readDate(header);
  return date === undefined ? undefined : Math.max(0, date - nowMs);
}

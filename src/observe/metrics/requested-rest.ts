const secondMs = 1000;
/** Maximum pause in seconds, in case a header holds a wrong number. */
const longestSeconds = 3600;
/** Numbers from here on are not durations but seconds, or milliseconds, since 1970. */
const epochSecondsFrom = 1e8;
const epochMsFrom = 1e11;

/** Pause that a store requests in its response headers, in seconds from now. */
export interface RequestedRest {
  /** Seconds until the store may be queried again; absent when no header says so. */
  readonly seconds?: number;
  /** Whether the store says that its budget of requests is used up. */
  readonly isUsedUp: boolean;
}

/**
 * Reads `Retry-After` (seconds or a date), `retry-after-ms`, and the rate-limit headers with their `reset` in seconds
 * or as an instant. `now` (epoch ms) is used when the answer has no `Date`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * @see https://docs.datadoghq.com/api/latest/rate-limits/
 */
export function requestedRest(headers: Headers, now: number): RequestedRest {
  const sent = Date.parse(headers.get('date') ?? '');
  const origin = Number.isFinite(sent) ? sent : now;
  const structured = headers.get('ratelimit') ?? '';
  const remaining = firstOf(headers, ['x-ratelimit-remaining', 'x-rate-limit-remaining', 'ratelimit-remaining']);
  const isUsedUp = Number(remaining ?? fieldOf(structured, ['remaining', 'r']) ?? Number.NaN) <= 0;
  const milliseconds = Number(headers.get('retry-after-ms') ?? Number.NaN) / secondMs;
  const stated = [
    spanOf(headers.get('retry-after'), origin),
    Number.isFinite(milliseconds) ? milliseconds : undefined,
    spanOf(firstOf(headers, ['x-ratelimit-reset', 'x-rate-limit-reset', 'ratelimit-reset']), origin),
    spanOf(fieldOf(structured, ['reset', 't']), origin),
  ];
  const seconds = stated.find(span => span !== undefined);
  if (seconds === undefined) return { isUsedUp };
  return { seconds: Math.min(longestSeconds, Math.max(0, seconds)), isUsedUp };
}

/** Parses seconds from `origin`; undefined for text that is neither a number nor a date. */
function spanOf(text: string | undefined | null, origin: number): number | undefined {
  const trimmed = text?.trim().replace(/s$/, '') ?? '';
  if (trimmed === '') return undefined;
  const number = Number(trimmed.split(/[,;]/)[0]);
  if (Number.isFinite(number)) {
    if (number >= epochMsFrom) return (number - origin) / secondMs;
    return number >= epochSecondsFrom ? number - origin / secondMs : number;
  }
  const date = Date.parse(text ?? '');
  return Number.isFinite(date) ? (date - origin) / secondMs : undefined;
}

function firstOf(headers: Headers, names: readonly string[]): string | undefined {
  return names.map(name => headers.get(name)).find(value => value !== null) ?? undefined;
}

/** Reads a field of `limit=100, remaining=0, reset=50` or `"default";r=0;t=50`, the two forms of the IETF draft. */
function fieldOf(structured: string, names: readonly string[]): string | undefined {
  return structured.match(new RegExp(`(?:^|[,;\\s])(?:${names.join('|')})=(\\d+)`))?.[1];
}

import { MetricSourceError } from './metric-source.ts';

/** Where to ask and how long to wait; credentials travel to this origin only. */
export interface JsonRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Transport time, body included. */
  readonly timeoutSeconds: number;
  /** In bytes. */
  readonly maxBytes: number;
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where an error status came with something else than JSON. */
  readonly body: unknown;
}

/**
 * Posts one question and reads its JSON answer: bounded in time and size, following no redirect.
 *
 * @throws MetricSourceError when nothing arrives (`Unreachable`) or what arrives is no JSON (`BadAnswer`)
 */
export async function readJson(request: JsonRequest, signal?: AbortSignal): Promise<JsonAnswer> {
  const deadline = AbortSignal.timeout(request.timeoutSeconds * 1000);
  const response = await send(request, signal === undefined ? deadline : AbortSignal.any([signal, deadline]));
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    throw new MetricSourceError(
      'BadAnswer',
      `${request.url.origin} answered with a redirect (${response.status}), which is not followed.`,
    );
  }
  const text = await readText(response, request);
  return { status: response.status, headers: response.headers, body: parseJson(text, response, request) };
}

async function send(request: JsonRequest, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(request.url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal,
    });
  } catch (cause) {
    throw unreachable(request, cause);
  }
}

async function readText(response: Response, request: JsonRequest): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > request.maxBytes) {
        throw new MetricSourceError(
          'BadAnswer',
          `${request.url.origin} answered with more than ${request.maxBytes} bytes.`,
        );
      }
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (cause) {
    throw cause instanceof MetricSourceError ? cause : unreachable(request, cause);
  }
  return text + decoder.decode();
}

function parseJson(text: string, response: Response, request: JsonRequest): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!response.ok) return undefined; // the status says enough
    const kind = response.headers.get('content-type') ?? 'no content type';
    throw new MetricSourceError(
      'BadAnswer',
      `${request.url.origin} answered ${response.status} with ${kind} instead of JSON.`,
      { cause },
    );
  }
}

function unreachable(request: JsonRequest, cause: unknown): MetricSourceError {
  const why = cause instanceof Error ? (describeCause(cause) ?? cause.message) : String(cause);
  const isLate = cause instanceof Error && cause.name === 'TimeoutError';
  const what = isLate ? `did not answer within ${request.timeoutSeconds} s` : `cannot be reached: ${why}`;
  return new MetricSourceError('Unreachable', `${request.url.origin} ${what}.`, { cause });
}

/** fetch hides the reason ("fetch failed") one level down. */
function describeCause(error: Error): string | undefined {
  const { cause } = error;
  return cause instanceof Error
    ? 'code' in cause && typeof cause.code === 'string'
      ? cause.code
      : cause.message
    : undefined;
}

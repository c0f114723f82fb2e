import { describeUnreachable } from './describe-unreachable.ts';
import { MetricSourceError } from './metric-source.ts';

/** Address, body and limits of one request; credentials are sent to this origin only. */
export interface JsonRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Body of a POST; without one the request is a GET. */
  readonly body?: string | undefined;
  /** Timeout for the whole answer, body included; transport time. */
  readonly timeoutSeconds: number;
  /** Maximum size of the answer in bytes. */
  readonly maxBytes: number;
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined when an error status came with another content type. */
  readonly body: unknown;
}

/**
 * Sends one request and reads its JSON answer, bounded in time and size; follows no redirect.
 *
 * @throws MetricSourceError when nothing arrives (`Unreachable`) or the answer is not JSON (`BadAnswer`)
 */
export async function readJson(request: JsonRequest, signal?: AbortSignal): Promise<JsonAnswer> {
  const deadline = AbortSignal.timeout(request.timeoutSeconds * 1000);
  const lost = (cause: unknown, isBegun: boolean) => {
    const { timeoutSeconds } = request;
    const message = describeUnreachable(request.url, cause, { timeoutSeconds, isLate: deadline.aborted, isBegun });
    return new MetricSourceError('Unreachable', message, { cause, ...(deadline.aborted ? { refused: 'Time' } : {}) });
  };
  const response = await fetch(request.url, {
    method: request.body === undefined ? 'GET' : 'POST',
    headers: request.headers,
    ...(request.body === undefined ? {} : { body: request.body }),
    redirect: 'manual',
    signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
  }).catch(cause => {
    throw lost(cause, false);
  });
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    throw new MetricSourceError(
      'BadAnswer',
      `${request.url.origin} answered with a redirect (${response.status}), which is not followed.`,
    );
  }
  const text = await readText(response, request).catch(cause => {
    throw cause instanceof MetricSourceError ? cause : lost(cause, true);
  });
  return { status: response.status, headers: response.headers, body: parseJson(text, response, request) };
}

async function readText(response: Response, request: JsonRequest): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
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

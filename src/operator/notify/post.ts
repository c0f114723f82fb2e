import { describeUnreachable } from '../../observe/metrics/describe-unreachable.ts';
import { requestedRest } from '../../observe/metrics/requested-rest.ts';
import { DeliveryError } from './channel.ts';

/** One message to a receiver. */
export interface Message {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Timeout for the whole answer, transport time. */
  readonly timeoutSeconds: number;
}

/** Beginning of an answer that is read; the rest is left and the connection closed. */
const mostBytes = 64 * 1024;

/**
 * Posts a message and reads the beginning of the answer; follows no redirect. A page of HTML counts as not taken: it is
 * of a login or of a proxy.
 *
 * @throws DeliveryError unless the receiver answered 2xx with something else than a page
 */
export async function post(
  message: Message,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  const { url, headers, body, timeoutSeconds } = message;
  const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
  const lost = (cause: unknown, isBegun: boolean) =>
    new DeliveryError(describeUnreachable(url, cause, { timeoutSeconds, isLate: deadline.aborted, isBegun }), {
      cause,
    });
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.any([signal, deadline]),
  }).catch(cause => {
    throw lost(cause, false);
  });
  const text = await readBeginning(response).catch(cause => {
    throw lost(cause, true);
  });
  const { status } = response;
  if (status >= 300 && status < 400)
    throw new DeliveryError(
      `${url.origin} answered with a redirect (${status}), which is not followed: state the address that it leads to.`,
    );
  if (!response.ok) {
    const { seconds } = requestedRest(response.headers, Date.now());
    throw new DeliveryError(`${url.origin} answered ${status}: ${describeRefusal(status)}.`, {
      retryAfterSeconds: seconds,
    });
  }
  if (/^\s*<(!doctype|html)/i.test(text))
    throw new DeliveryError(`${url.origin} answered with a page of HTML, so it took nothing: look at the address.`);
  return { status, text };
}

async function readBeginning(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    text += decoder.decode(chunk.subarray(0, mostBytes), { stream: true });
    if (bytes >= mostBytes) break;
  }
  return text.slice(0, mostBytes);
}

function describeRefusal(status: number): string {
  if (status === 401 || status === 403) return 'look at its token or secret address';
  if (status === 404 || status === 410) return 'look at its address';
  if (status === 429) return 'it is too busy';
  return status >= 500 ? 'it cannot take messages now' : 'it does not take this message';
}

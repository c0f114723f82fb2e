import { request as requestPlain } from 'node:http';
import { type RequestOptions, request as requestSecure } from 'node:https';

/** Where an API server is, and how to get in. */
export interface ApiConnection {
  /** `https://host:port`, without a slash at its end. */
  readonly url: string;
  /** Certificates and headers that go with every request; none for a server without doors. */
  readonly credentials?: RequestOptions;
}

export interface ApiCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Sent as it is when it is text or bytes, else as JSON. */
  readonly body?: unknown;
  /** @default application/json */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiAnswer {
  readonly status: number;
  /** Parsed JSON, or text where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a contract looks into answers of every shape
  readonly body: any;
  readonly warnings: readonly string[];
}

/** Sends one request and reads the whole answer. Nothing is retried. @throws Error after a minute */
export function call(connection: ApiConnection, asked: ApiCall): Promise<ApiAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = open(connection, asked, AbortSignal.timeout(60_000));
    outgoing.once('error', reject);
    outgoing.once('response', incoming => {
      const chunks: Buffer[] = [];
      incoming.on('data', chunk => chunks.push(chunk));
      incoming.once('error', reject);
      incoming.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        const warnings = [incoming.headersDistinct.warning ?? []].flat();
        resolve({ status: incoming.statusCode ?? 0, body: parseOrText(text), warnings });
      });
    });
  });
}

/** Calls `onLine` for each line of an endless answer. Resolves with the status when the server ends it or `signal` aborts. */
export function stream(
  connection: ApiConnection,
  asked: ApiCall,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0;
    const outgoing = open(connection, asked, signal);
    const fail = (error: Error) => (signal.aborted ? resolve(status) : reject(error));
    outgoing.once('error', fail);
    outgoing.once('response', incoming => {
      status = incoming.statusCode ?? 0;
      let rest = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        const lines = `${rest}${chunk}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine(line);
      });
      incoming.once('error', fail);
      incoming.once('end', () => resolve(status));
    });
  });
}

function open({ url, credentials = {} }: ApiConnection, asked: ApiCall, signal: AbortSignal) {
  const { method, path, body, contentType = 'application/json', headers } = asked;
  const isReady = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  const payload = isReady ? body : JSON.stringify(body);
  const send = url.startsWith('https:') ? requestSecure : requestPlain;
  const outgoing = send(new URL(path, url), {
    ...credentials,
    method,
    signal,
    headers: {
      accept: 'application/json',
      'user-agent': 'contract/1',
      ...(payload === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(payload) }),
      ...(credentials.headers as Record<string, string> | undefined),
      ...headers,
    },
  });
  outgoing.end(payload);
  return outgoing;
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

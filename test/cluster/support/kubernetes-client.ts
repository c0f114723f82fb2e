import { readFileSync } from 'node:fs';
import { Agent, type RequestOptions, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from './kubernetes-object.ts';

/** An answer of the API server; the body is parsed JSON, or text when it is not JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface CallOptions {
  readonly contentType?: string;
  /** @default application/json */
  readonly accept?: string;
  /** Impersonated user: the suite acts as a merchandiser, a GitOps tool or a person. */
  readonly asUser?: string;
  readonly signal?: AbortSignal;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubernetesObject;
}

/**
 * A small Kubernetes client of the suite: the judge must not share code with what it judges.
 * Every call has a deadline of 30 s; nothing is retried.
 */
export interface KubernetesClient {
  readonly server: string;
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** Streams the events of one watch until the server ends it after `timeoutSeconds`. */
  watch(path: string, onEvent: (event: WatchEvent) => void, signal: AbortSignal): Promise<void>;
}

/**
 * Connects to a cluster. @param kubeconfig path of a file; client-node reads its exec plug-ins and client certificates
 */
export async function connect(kubeconfig: string): Promise<KubernetesClient> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromString(readFileSync(kubeconfig, 'utf8'));
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Error(`${kubeconfig} names no current cluster`);
  const credentials: RequestOptions = {};
  await config.applyToHTTPSOptions(credentials);
  const { ca, cert, key, headers } = credentials;
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const watchAgent = new Agent({ keepAlive: false });

  const send = (method: string, path: string, more: RequestOptions) =>
    request(new URL(path, server), { method, ca, cert, key, ...more, headers: { ...headers, ...more.headers } });
  return {
    server,
    call(method, path, body, { contentType = 'application/json', accept = 'application/json', asUser, signal } = {}) {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const outgoing = send(method, path, {
        agent,
        signal: signal ?? AbortSignal.timeout(30_000),
        headers: {
          accept,
          ...(payload === undefined ? {} : { 'content-type': contentType }),
          ...(asUser === undefined ? {} : { 'impersonate-user': asUser }),
        },
      });
      return readAnswer(outgoing, payload);
    },
    watch(path, onEvent, signal) {
      const outgoing = send('GET', path, { agent: watchAgent, signal, headers: { accept: 'application/json' } });
      return readLines(outgoing, line => onEvent(JSON.parse(line)));
    },
  };
}

/** Repeats a call until `accept` returns true. @throws Error with the last answer, when `timeoutMs` has passed */
export async function until<T>(
  what: string,
  timeoutMs: number,
  ask: () => Promise<T>,
  accept: (answer: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const last = await ask().catch((error: unknown) => error);
    if (!(last instanceof Error) && accept(last as T)) return last as T;
    if (Date.now() > deadline) {
      const seen = last instanceof Error ? last.message : JSON.stringify(last)?.slice(0, 2000);
      throw new Error(`${what}: not so after ${timeoutMs} ms; last seen: ${seen}`);
    }
    await sleep(200);
  }
}

function readAnswer(outgoing: ReturnType<typeof request>, payload: string | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', incoming => {
      const chunks: Buffer[] = [];
      incoming.on('data', chunk => chunks.push(chunk));
      incoming.once('error', reject);
      incoming.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: incoming.statusCode ?? 0, body: parseOrText(text) });
      });
    });
    outgoing.end(payload);
  });
}

function readLines(outgoing: ReturnType<typeof request>, onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', incoming => {
      let rest = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        const lines = `${rest}${chunk}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine(line);
      });
      incoming.once('error', reject);
      incoming.once('end', () => resolve());
    });
    outgoing.end();
  });
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

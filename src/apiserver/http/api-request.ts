import type { IncomingMessage } from 'node:http';
import { StatusError } from '../objects/status-error.ts';

/** A request with its whole body. */
export interface ApiRequest {
  readonly method: string;
  readonly pathname: string;
  readonly query: URLSearchParams;
  /** The media type without its parameters; empty when there is none. */
  readonly contentType: string;
  readonly accept: string;
  readonly userAgent: string;
  readonly body: string;
}

/** An answer that is not a stream: a text, or an object that is sent as JSON. */
export interface ApiAnswer {
  readonly code: number;
  readonly body: string | object;
  readonly contentType?: string;
}

/** The real server's limit; larger bodies are refused. */
const maxBodyBytes = 3 * 1024 * 1024;

/** Reads a whole request. @throws StatusError 413 for a body over 3 MiB */
export async function readRequest(message: IncomingMessage): Promise<ApiRequest> {
  const url = new URL(message.url ?? '/', 'http://sandbox');
  const { headers } = message;
  return {
    method: message.method ?? 'GET',
    pathname: url.pathname,
    query: url.searchParams,
    contentType: (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '',
    accept: headers.accept ?? '',
    userAgent: headers['user-agent'] ?? '',
    body: await readBody(message),
  };
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) {
      const why = `limit is ${maxBodyBytes}`;
      throw new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: ${why}`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../schema/json.ts';
import { badRequest, StatusError } from '../objects/status-error.ts';
import { decodeProtobuf, protobufType } from './decode-protobuf.ts';

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
  const contentType = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  return {
    method: message.method ?? 'GET',
    pathname: url.pathname,
    query: url.searchParams,
    accept: headers.accept ?? '',
    userAgent: headers['user-agent'] ?? '',
    ...readableBody(await readBody(message), contentType),
  };
}

/**
 * The body as text with its media type: protobuf of a known kind as the JSON that it stands for, everything else as it
 * is.
 */
function readableBody(bytes: Buffer, contentType: string): Pick<ApiRequest, 'body' | 'contentType'> {
  const decoded = contentType === protobufType ? decode(bytes) : undefined;
  return decoded === undefined
    ? { body: bytes.toString(), contentType }
    : { body: JSON.stringify(decoded), contentType: 'application/json' };
}

function decode(bytes: Buffer): JsonObject | undefined {
  try {
    return decodeProtobuf(bytes);
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error));
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
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
  return Buffer.concat(chunks);
}

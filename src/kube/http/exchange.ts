import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { TransportError } from '../api-error.ts';
import type { Outgoing } from './outgoing.ts';

/**
 * Sends one request and resolves with the status and headers of its answer, whatever the status.
 *
 * @throws TransportError; its `sent` is false until a connection is established. The signal's reason once it is
 * aborted.
 */
export function exchange(outgoing: Outgoing, agent: http.Agent, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method, headers, tls, body } = outgoing;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const { request: open } = url.protocol === 'https:' ? https : http;
    const request = open(url, { method, headers, agent, ...tls });
    let sent = false;
    const abort = () => {
      reject(signal.reason);
      request.destroy();
    };
    signal.addEventListener('abort', abort, { once: true });
    request.once('socket', socket =>
      whenConnected(socket, () => {
        sent = true;
      }),
    );
    request.once('response', response => {
      signal.removeEventListener('abort', abort);
      resolve(response);
    });
    request.on('error', error => {
      signal.removeEventListener('abort', abort);
      reject(toTransportError(error, sent, `${method} ${url.origin}${url.pathname}`));
    });
    request.end(body);
  });
}

/**
 * Reads the whole body of an answer.
 *
 * @throws TransportError TOO_LARGE past `maxBytes`, ECONNRESET when the body ends early; the signal's reason
 */
export function readBody(response: IncomingMessage, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const finish = (settle: () => void) => {
      signal.removeEventListener('abort', abort);
      settle();
    };
    const fail = (error: unknown) => {
      finish(() => reject(error));
      response.destroy();
    };
    const abort = () => fail(signal.reason);
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) return fail(tooLarge(maxBytes));
      chunks.push(chunk);
    });
    response.once('end', () => finish(() => resolve(Buffer.concat(chunks, bytes))));
    response.on('error', error => fail(toTransportError(error, true, 'the answer')));
    response.once('close', () =>
      finish(() => reject(new TransportError('ECONNRESET', true, 'the answer ended early'))),
    );
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** The error for a body that is over the size limit. */
function tooLarge(maxBytes: number): TransportError {
  return new TransportError('TOO_LARGE', true, `the answer is larger than ${maxBytes} bytes`);
}

function whenConnected(socket: Socket, then: () => void): void {
  const secure = socket instanceof TLSSocket;
  const connected = !socket.connecting && !(secure && socket.getProtocol() === null);
  if (connected) then();
  else socket.once(secure ? 'secureConnect' : 'connect', then);
}

function toTransportError(cause: Error, sent: boolean, what: string): TransportError {
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : 'UNKNOWN';
  return new TransportError(code, sent, `${what}: ${cause.message}`, { cause });
}

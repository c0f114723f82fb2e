import { ApiError, type Status, TransportError } from '../api-error.ts';
import type { KubeObject } from '../resources/wire.ts';

/** One event of a watch. An ERROR event is thrown as an exception instead. */
export interface WatchEvent<T extends KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: T;
}

/** Longest line in characters: an object has at most 1.5 MiB in etcd, so a longer line is not from Kubernetes. */
const maxLineLength = 16 * 2 ** 20;

/**
 * Reads the events of a watch, in batches as they arrive, each from a complete line.
 *
 * @throws ApiError for an ERROR line (410 when the past is forgotten), TransportError BAD_LINE for a line that is no
 *   event or is cut off, and what the stream fails with
 */
export async function* readWatchEvents<T extends KubeObject>(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<readonly WatchEvent<T>[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLineLength) throw badLine(`longer than ${maxLineLength} characters`);
    yield* parseLines<T>(lines);
  }
  if (rest.trim() !== '') throw badLine('cut off at the end of the stream');
}

/** Parses lines into events. Events before an invalid line are handed on before the exception is thrown. */
function* parseLines<T extends KubeObject>(lines: readonly string[]): Generator<readonly WatchEvent<T>[]> {
  const events: WatchEvent<T>[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    try {
      events.push(parseLine<T>(line));
    } catch (error) {
      yield events;
      throw error;
    }
  }
  yield events;
}

function parseLine<T extends KubeObject>(line: string): WatchEvent<T> {
  let event: { type?: string; object?: unknown };
  try {
    event = JSON.parse(line);
  } catch (cause) {
    throw badLine('no JSON', { cause });
  }
  if (event?.type === 'ERROR') throw toWatchError(event.object);
  if (!isWatchEvent<T>(event)) throw badLine('no event of a known type with an object');
  return event;
}

function isWatchEvent<T extends KubeObject>(event: { type?: string; object?: unknown } | null): event is WatchEvent<T> {
  const isKnown = /^(ADDED|MODIFIED|DELETED|BOOKMARK)$/.test(event?.type ?? '');
  return isKnown && typeof event?.object === 'object' && event.object !== null && 'metadata' in event.object;
}

function toWatchError(object: unknown): ApiError {
  const status: Status = typeof object === 'object' && object !== null ? object : {};
  return new ApiError(status.code ?? 500, status, 'the watch ended');
}

function badLine(what: string, options?: ErrorOptions): TransportError {
  return new TransportError('BAD_LINE', true, `a line of the watch is ${what}`, options);
}

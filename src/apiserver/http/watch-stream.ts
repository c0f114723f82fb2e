import type { ServerResponse } from 'node:http';
import type { JsonObject } from '../../schema/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { toJson } from '../objects/object-json.ts';
import { groupVersionOf } from '../objects/resource-definition.ts';
import { StatusError } from '../objects/status-error.ts';
import type { Collection } from '../store/collection.ts';
import type { ObjectEvent } from '../store/event-log.ts';
import { type ListOptions, parseResourceVersion, parseWatchStart } from './list-options.ts';

interface WatchRequest {
  readonly collection: Collection;
  readonly namespace: string | undefined;
  readonly options: ListOptions;
  /** Returns the store's resourceVersion. */
  readonly newest: () => number;
  readonly response: ServerResponse;
  /** Renders each object as a Table; the columns are described with the first. */
  readonly toTable?: (object: KubeObject, hasHeaders: boolean) => JsonObject;
}

const defaultTimeoutSeconds = 1800;
const bookmarkEverySeconds = 60;
/** Bytes that a client may lag behind; then it is disconnected, as by the real server, and must list again. */
const maxUnreadBytes = 64 * 1024 * 1024;

/**
 * Answers a watch: the present objects (unless the watch continues from a resourceVersion), then every change until its
 * time is over. For an expired resourceVersion it sends an ERROR event under HTTP 200, as the real server does.
 *
 * @throws StatusError before the stream begins, when the resourceVersion is invalid or lies too far ahead
 */
export function streamWatch(watch: WatchRequest): void {
  const { collection, namespace, options, newest, response, toTable } = watch;
  const start = startOf(options, newest());
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  response.flushHeaders();
  let hasHeaders = true;
  const write = (type: string, object: string) => {
    if (response.writableLength > maxUnreadBytes) response.destroy();
    else response.write(`{"type":"${type}","object":${object}}\n`);
  };
  const writeObject = (type: string, object: KubeObject) => {
    write(type, toTable === undefined ? toJson(object) : JSON.stringify(toTable(object, hasHeaders)));
    hasHeaders = false;
  };
  const send = (event: ObjectEvent) => {
    if (namespace !== undefined && event.object.metadata.namespace !== namespace) return;
    const visible = eventForWatcher(event, options.matches);
    if (visible !== undefined) writeObject(visible.type, visible.object);
  };

  try {
    if (start.initial) {
      for (const object of collection.list(namespace)) if (options.matches(object)) writeObject('ADDED', object);
    } else if (start.after < newest()) {
      for (const event of collection.eventsSince(start.after)) send(event);
    }
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    write('ERROR', JSON.stringify(error.toStatus()));
    response.end();
    return;
  }
  if (start.marksEnd) write('BOOKMARK', bookmark(collection, newest(), { 'k8s.io/initial-events-end': 'true' }));

  const unsubscribe = collection.subscribe(event => {
    if (event.resourceVersion > start.after) send(event);
  });
  const timers = startTimers(options, {
    bookmark: () => {
      if (newest() > start.after) write('BOOKMARK', bookmark(collection, newest()));
    },
    end: () => response.end(),
  });
  response.once('close', () => {
    unsubscribe();
    for (const timer of timers) clearTimeout(timer);
  });
}

interface WatchStart {
  /** Whether the present objects are sent first. */
  readonly initial: boolean;
  /** Only changes newer than this resourceVersion are sent. */
  readonly after: number;
  /** Whether a bookmark marks the end of the present objects. */
  readonly marksEnd: boolean;
}

function startOf(options: ListOptions, newest: number): WatchStart {
  const { resourceVersion, sendInitialEvents, allowWatchBookmarks } = options;
  if (sendInitialEvents === true) {
    parseResourceVersion(resourceVersion === '' ? '0' : resourceVersion, newest);
    return { initial: true, after: newest, marksEnd: allowWatchBookmarks };
  }
  if (resourceVersion === '' || resourceVersion === '0') {
    const initial = sendInitialEvents === undefined;
    return { initial, after: newest, marksEnd: initial && allowWatchBookmarks };
  }
  return { initial: false, after: parseWatchStart(resourceVersion), marksEnd: false };
}

/**
 * The event that a watch with a selector receives for a change: an object that no longer matches is reported as
 * deleted.
 */
function eventForWatcher(
  { type, object, previous }: ObjectEvent,
  matches: (object: KubeObject) => boolean,
): { type: string; object: KubeObject } | undefined {
  const isIn = type !== 'DELETED' && matches(object);
  const wasIn = previous !== undefined && matches(previous);
  if (isIn) return { type: wasIn ? 'MODIFIED' : 'ADDED', object };
  if (!wasIn) return undefined;
  if (type === 'DELETED') return { type, object };
  const { resourceVersion } = object.metadata;
  return { type: 'DELETED', object: { ...previous, metadata: { ...previous.metadata, resourceVersion } } };
}

function bookmark({ definition }: Collection, newest: number, annotations?: JsonObject): string {
  return JSON.stringify({
    kind: definition.kind,
    apiVersion: groupVersionOf(definition),
    metadata: { resourceVersion: String(newest), annotations },
  });
}

/** Sends one bookmark per minute and one shortly before the end, if there was a change, then ends the stream. */
function startTimers(
  { allowWatchBookmarks, timeoutSeconds }: ListOptions,
  { bookmark, end }: { bookmark: () => void; end: () => void },
): readonly NodeJS.Timeout[] {
  const seconds = timeoutSeconds === undefined || timeoutSeconds <= 0 ? defaultTimeoutSeconds : timeoutSeconds;
  const timers = [setTimeout(end, seconds * 1000)];
  if (allowWatchBookmarks) {
    timers.push(setInterval(bookmark, bookmarkEverySeconds * 1000));
    timers.push(setTimeout(bookmark, Math.max(0, seconds - 1) * 1000));
  }
  return timers;
}

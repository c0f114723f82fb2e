import { isApiError } from '../api-error.ts';
import type { KubeObject } from '../resources/wire.ts';
import type { WatchEvent } from './watch-events.ts';

/**
 * Tells whether a 4xx refuses the kind of request (the initial stream), and not the identity, the path or the moment.
 */
export function isRefused(error: unknown): boolean {
  return isApiError(error) && error.status < 500 && ![401, 403, 404, 429].includes(error.status);
}

/** Tells whether an event is the bookmark that ends the list in an initial stream. */
export function isEndOfInitialEvents(event: WatchEvent<KubeObject>): boolean {
  const annotations = event.object.metadata?.annotations;
  return event.type === 'BOOKMARK' && annotations?.['k8s.io/initial-events-end'] === 'true';
}

import { TransportError } from '../api-error.ts';

/**
 * An abort signal that fires after `ms` (reason: TransportError DEADLINE) or when `outer` fires (with its reason). Call
 * `clear` when done.
 */
export interface Deadline {
  readonly signal: AbortSignal;
  remainingMs(): number;
  clear(): void;
}

/** Starts a deadline in real time. `what` names the call in the error message. */
export function startDeadline(ms: number, what: string, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  const until = performance.now() + ms;
  const expire = () =>
    controller.abort(new TransportError('DEADLINE', true, `${what}: no complete answer within ${Math.round(ms)} ms`));
  const follow = () => controller.abort(outer?.reason);
  const timer = setTimeout(expire, ms);
  if (outer?.aborted) follow();
  else outer?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    remainingMs: () => Math.max(0, until - performance.now()),
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', follow);
    },
  };
}

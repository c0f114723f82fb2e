import { TransportError } from '../api-error.ts';

/** A signal that fires after `ms` (reason: TransportError DEADLINE) or when `outer` does (its reason); must be cleared. */
export interface Deadline {
  readonly signal: AbortSignal;
  remainingMs(): number;
  clear(): void;
}

/** Starts counting real time now. `what` names the call in the error's sentence. */
export function startDeadline(ms: number, what: string, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  const until = performance.now() + ms;
  const expire = () =>
    controller.abort(new TransportError('DEADLINE', true, `${what}: no whole answer within ${Math.round(ms)} ms`));
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

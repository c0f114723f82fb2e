import type { Connection } from '../../kube/connect.ts';
import { type OpenApiDocument, type OwnSchema, prunedFields } from './pruned-fields.ts';

/** Milliseconds of domain time for which an answer is used: CRDs change by a person's hand, every few weeks. */
const freshMs = 300_000;
/** Milliseconds to wait for the API server, before a reconcile or beside it. */
const deadlineMs = 3_000;

/**
 * Looks at the served CRDs at most once in five minutes; the fields that they lack. `now` is epoch ms, domain time. While
 * the API server gives no answer the last one counts, and before the first one none is known to be missing.
 */
export type LookAtSchemas = (now: number, signal?: AbortSignal) => Promise<readonly string[]>;

/** Creates the look at the served CRDs, of which all namespaces share the answers. */
export function createLookAtSchemas(
  own: readonly OwnSchema[],
  read: (signal?: AbortSignal) => Promise<OpenApiDocument>,
  /** Called with each answer that differs from the one before. */
  tell: (missing: readonly string[]) => void,
): LookAtSchemas {
  let known: readonly string[] = [];
  let triedAt = Number.NEGATIVE_INFINITY;
  let asking = Promise.resolve();
  const ask = async (signal?: AbortSignal) => {
    try {
      const missing = prunedFields(own, await read(signal));
      if (missing.join() !== known.join()) tell(missing);
      known = missing;
    } catch {
      // No answer: what was known counts, and the next look asks again.
    }
  };
  return async (now, signal) => {
    const isFresh = now >= triedAt && now - triedAt < freshMs;
    if (own.length > 0 && !isFresh) {
      triedAt = now;
      asking = ask(signal);
    }
    await asking;
    signal?.throwIfAborted();
    return known;
  };
}

/** Reads what the API server publishes of Headstart's kinds. @throws ApiError, TransportError */
export async function readOpenApi(
  { transport }: Pick<Connection, 'transport'>,
  signal?: AbortSignal,
): Promise<OpenApiDocument> {
  const path = '/openapi/v3/apis/headstart.dev/v1alpha1';
  const { body } = await transport.send({ method: 'GET', path, deadlineMs, signal });
  return JSON.parse(body.toString('utf8'));
}

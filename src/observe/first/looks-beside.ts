import { atMost } from '../../api/at-most.ts';
import type { LookAtGuard } from '../approval-guard.ts';
import type { LookAtSchemas } from '../schemas/look-at-schemas.ts';
import type { LookAtRights } from '../workloads/look-at-rights.ts';

/** The looks at what the API server tells when it is asked, and no watch shows. */
export interface ApiLooks {
  readonly lookAtGuard: LookAtGuard;
  readonly lookAtSchemas: LookAtSchemas;
  readonly lookAtRights: LookAtRights;
}

/** Most answers kept of one look; beyond it all are forgotten. */
const mostKept = 20_000;

/** The same looks, each of which waits for its first answer alone: later it gives the last one while it asks beside. */
export function looksBeside({ lookAtGuard, lookAtSchemas, lookAtRights }: ApiLooks): ApiLooks {
  const guard = answerBeside(lookAtGuard);
  const schemas = answerBeside(lookAtSchemas);
  const byNamespace = new Map<string, LookAtRights>();
  return {
    lookAtGuard: now => guard(now),
    lookAtSchemas: now => schemas(now),
    lookAtRights: ({ namespace, rights }, now) => rightsIn(namespace)({ namespace, rights }, now),
  };

  function rightsIn(namespace: string): LookAtRights {
    const known = byNamespace.get(namespace);
    if (known !== undefined) return known;
    if (byNamespace.size >= mostKept) byNamespace.clear();
    const look = answerBeside(lookAtRights);
    byNamespace.set(namespace, look);
    return look;
  }
}

/** A look that gives its last answer at once when there is one and a newer one takes longer than a turn of the loop. */
export function answerBeside<A extends readonly unknown[], T>(look: (...asked: A) => Promise<T>) {
  let last: { readonly answer: T } | undefined;
  return async (...asked: A): Promise<T> => {
    const answering = look(...asked).then(answer => {
      last = { answer };
      return answer;
    });
    if (last === undefined) return answering;
    const ended = answering.catch(() => {});
    const isHere = await atMost(ended, 0);
    return isHere ? answering : last.answer;
  };
}

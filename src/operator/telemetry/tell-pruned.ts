import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Creates a function that counts and logs the fields that the served CRDs lack. */
export function createTellPruned(
  log: Pick<Log, 'warn' | 'info'>,
  { prunedFields }: Pick<Metrics, 'prunedFields'>,
): (missing: readonly string[]) => void {
  return missing => {
    prunedFields.set(missing.length);
    if (missing.length === 0) log.info('the CRDs have every field again', {});
    else log.warn('the CRDs are older than the operator', { missing, mend: 'apply the CRDs of this version' });
  };
}

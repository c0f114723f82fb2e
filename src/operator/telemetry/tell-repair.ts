import type { CacheRepair } from '../../kube/watch/reflector-options.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Creates a function that counts and logs the differences that a full list found in a cache. */
export function createTellRepair(
  log: Pick<Log, 'warn'>,
  metrics: Pick<Metrics, 'cacheDifferences' | 'cacheRewinds'>,
): (kind: string, repair: CacheRepair) => void {
  return (kind, { differences, examples, wentBack }) => {
    metrics.cacheDifferences.inc({ resource: kind }, differences);
    if (wentBack) metrics.cacheRewinds.inc({ resource: kind });
    const message = wentBack ? 'cluster restored from a backup' : 'cache differed from the cluster';
    log.warn(message, { kind, differences, examples });
  };
}

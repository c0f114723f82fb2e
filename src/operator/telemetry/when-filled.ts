import type { CacheStats } from '../../observe/cache-stats.ts';
import type { ClusterWatch } from '../../observe/watch-cluster.ts';
import type { Log } from './log.ts';

/**
 * Waits for the first complete reading of the cluster and logs every 15 s what is missing, such as a CRD or a permission.
 * What can be read is served meanwhile.
 */
export async function whenFilled(watch: ClusterWatch, log: Log, signal: AbortSignal): Promise<void> {
  const complaint = setInterval(() => {
    for (const { kind, namespace, lastFailure } of unreadKinds(watch))
      log.warn('kind not read yet', { kind, ...(namespace === undefined ? {} : { namespace }), lastFailure });
  }, complaintMs);
  try {
    await watch.whenSynced(signal);
  } finally {
    clearInterval(complaint);
  }
}

const complaintMs = 15_000;

/** Returns the caches that have not been filled yet. */
export function unreadKinds(watch: Pick<ClusterWatch, 'stats'>): readonly CacheStats[] {
  return watch.stats().filter(({ synced }) => !synced);
}

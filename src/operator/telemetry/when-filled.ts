import type { CacheStats, ClusterWatch } from '../../observe/watch-cluster.ts';
import type { Log } from './log.ts';

/** Waits for the first whole look at the cluster, and says what holds it up: a missing CRD or right would be silence. */
export async function whenFilled(watch: ClusterWatch, log: Log, signal: AbortSignal): Promise<void> {
  const complaint = setInterval(() => {
    for (const { kind, lastFailure } of unreadKinds(watch)) log.warn('kind not read yet', { kind, lastFailure });
  }, complaintMs);
  try {
    await watch.whenSynced(signal);
  } finally {
    clearInterval(complaint);
  }
}

const complaintMs = 15_000;

/** The caches that have not been filled yet. */
export function unreadKinds(watch: Pick<ClusterWatch, 'stats'>): readonly CacheStats[] {
  return watch.stats().filter(({ synced }) => !synced);
}

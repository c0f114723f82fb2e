import type { CacheStats, ClusterWatch } from '../../observe/watch-cluster.ts';
import type { Log } from './log.ts';

/** Waits for the first complete reading of the cluster and logs what delays it, such as a missing CRD or permission. */
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

/** Returns the caches that have not been filled yet. */
export function unreadKinds(watch: Pick<ClusterWatch, 'stats'>): readonly CacheStats[] {
  return watch.stats().filter(({ synced }) => !synced);
}

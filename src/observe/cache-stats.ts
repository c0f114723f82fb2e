import type { ReflectorStats } from '../kube/watch/reflector-options.ts';
import type { KindWatch } from './watch-kind.ts';

/** State of one cache, for telemetry. */
export interface CacheStats extends ReflectorStats {
  readonly kind: string;
  /** Namespace that the cache is of; absent when it is of all. */
  readonly namespace?: string;
  readonly synced: boolean;
  readonly objects: number;
  readonly ageMs: number;
}

/** Lists the state of every cache. */
export function cacheStats(kinds: readonly KindWatch<unknown>[]): readonly CacheStats[] {
  return kinds.flatMap(({ kind, caches }) =>
    caches.map(({ namespace, cache }) => ({
      kind,
      ...(namespace === undefined ? {} : { namespace }),
      synced: cache.synced,
      objects: cache.values().length,
      ageMs: cache.ageMs(),
      ...cache.stats,
    })),
  );
}

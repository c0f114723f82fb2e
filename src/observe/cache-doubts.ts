import type { CacheDoubt } from './cache-doubt.ts';
import type { KindWatch } from './watch-kind.ts';

/**
 * Age of a cache, in ms, above which nothing is lowered by it: it may miss an extended sale. A working watch confirms
 * itself about every 30 s.
 */
const staleMs = 90_000;

/** Finds the kinds whose caches may miss changes in a namespace, in the order of the watches. */
export function findDoubts(watches: readonly KindWatch<unknown>[], namespace: string): readonly CacheDoubt[] {
  return watches.flatMap(({ kind, covering }): CacheDoubt[] => {
    const caches = covering(namespace);
    if (caches.some(({ synced }) => !synced)) return [{ kind, state: 'Unread' }];
    return caches.some(cache => cache.ageMs() > staleMs) ? [{ kind, state: 'Stale' }] : [];
  });
}

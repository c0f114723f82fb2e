import { Counter, Gauge, type Registry } from 'prom-client';

/** Metrics of what the API server gives the operator: its caches and the CRDs. */
export interface ClusterMetrics {
  readonly cacheAgeSeconds: Gauge<'resource' | 'namespace'>;
  readonly cacheDifferences: Counter<'resource'>;
  readonly cacheRewinds: Counter<'resource'>;
  readonly prunedFields: Gauge;
}

/** Creates them in a registry. */
export function createClusterMetrics(registry: Registry): ClusterMetrics {
  const registers = [registry];
  return {
    cacheAgeSeconds: new Gauge({
      name: 'headstart_cache_age_seconds',
      help: 'Since the watch of a resource last gave a sign of life; above 45 it is not to be trusted; below, see headstart_cache_differences_total. The label namespace is empty where one watch serves all.',
      labelNames: ['resource', 'namespace'],
      registers,
    }),
    cacheDifferences: new Counter({
      name: 'headstart_cache_differences_total',
      help: 'Objects that a full list found different from the cache, and repaired; above 0 a watch has missed something.',
      labelNames: ['resource'],
      registers,
    }),
    cacheRewinds: new Counter({
      name: 'headstart_cache_rewinds_total',
      help: 'Times that the resource versions of a kind went back: the cluster was restored from a backup.',
      labelNames: ['resource'],
      registers,
    }),
    prunedFields: new Gauge({
      name: 'headstart_pruned_fields',
      help: 'Fields of this version that the CRDs of the cluster lack, so that the API server drops them; 0 on a replica that does not lead.',
      registers,
    }),
  };
}

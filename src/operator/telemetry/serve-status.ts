import type { ClusterWatch } from '../../observe/watch-cluster.ts';
import type { Settings } from '../settings/settings.ts';
import { type ListeningServer, listenForHealth } from './health.ts';
import type { Liveness } from './liveness.ts';
import type { Metrics } from './metrics.ts';
import { unreadKinds } from './when-filled.ts';

/** Sources of the status. */
export interface StatusFacts {
  readonly watch: ClusterWatch;
  readonly metrics: Metrics;
  readonly liveness: Pick<Liveness, 'complaint'>;
}

/**
 * Serves /healthz, /readyz and /metrics at the addresses of the settings. Ready means that every needed cache has been
 * filled once; healthy means that the loop over the namespaces runs, if this replica leads.
 *
 * @throws Error when an address cannot be listened on
 */
export async function serveStatus(
  settings: Settings,
  { watch, metrics, liveness }: StatusFacts,
): Promise<readonly ListeningServer[]> {
  const { health, metrics: metricsAddress } = settings.listen;
  const alive = {
    path: '/healthz',
    answer: () => {
      const { complaint } = liveness;
      return complaint === undefined ? { status: 200, body: 'ok\n' } : { status: 503, body: `${complaint}\n` };
    },
  };
  const ready = {
    path: '/readyz',
    answer: () =>
      watch.synced
        ? { status: 200, body: 'ok\n' }
        : {
            status: 503,
            body: `not read yet: ${unreadKinds(watch)
              .map(({ kind, namespace }) => (namespace === undefined ? kind : `${kind} in ${namespace}`))
              .join(', ')}\n`,
          },
  };
  const scraped = {
    path: '/metrics',
    answer: async () => {
      for (const { kind, namespace = '', ageMs } of watch.stats()) {
        metrics.cacheAgeSeconds.set({ resource: kind, namespace }, ageMs / 1000);
        // A counter that exists from the start shows its first step as an increase.
        metrics.cacheDifferences.inc({ resource: kind }, 0);
        metrics.cacheRewinds.inc({ resource: kind }, 0);
      }
      return { status: 200, body: await metrics.registry.metrics(), contentType: metrics.registry.contentType };
    },
  };
  const wanted =
    health === metricsAddress
      ? [{ address: health, endpoints: [alive, ready, scraped] }]
      : [
          { address: health, endpoints: [alive, ready] },
          { address: metricsAddress, endpoints: [scraped] },
        ];
  const open = wanted.filter(({ address }) => address !== 'off');
  return Promise.all(open.map(({ address, endpoints }) => listenForHealth(address, endpoints)));
}

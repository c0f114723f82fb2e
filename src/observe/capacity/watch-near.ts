import type { SalePlan } from '../../api/sale-plan.ts';
import { limitRanges, podKind, resourceQuotas } from '../../kube/resources/resource-kind.ts';
import type { NamespaceObjects } from '../namespace-objects.ts';
import { NearWatch, type NearWatchOptions } from './near-watch.ts';
import { observeLimitRange, observeQuota } from './observe-limits.ts';
import { observePod } from './observe-pod.ts';
import { isSaleKnown, isSaleNear } from './sale-is-near.ts';

type NearObjects = Pick<NamespaceObjects, 'pods' | 'quotas' | 'limitRanges'>;

/** Caches of what only matters to namespaces with sales. */
export interface NearWatches {
  /** Returns what is known of a namespace at `now` (epoch ms); starts and ends its watches. */
  read(namespace: string, salePlans: readonly SalePlan[], now: number): NearObjects;
  /** Lists everything that is watched now. */
  catchUp(signal?: AbortSignal): Promise<void>;
}

/**
 * Watches by namespace.
 *
 *   objects                  while                                                 asks for a reconcile when
 *   quotas and LimitRanges   a sale is known that is not over                      what they allow is read or changed
 *   pods                     a sale runs, or its bounds are raised within an hour  never: they are seen at the next
 */
export function watchNear(options: NearWatchOptions): NearWatches {
  const pods = new NearWatch(podKind, observePod, options);
  const quotas = new NearWatch(resourceQuotas, observeQuota, { ...options, watchedFields: quota => quota?.hard });
  const ranges = new NearWatch(limitRanges, observeLimitRange, { ...options, watchedFields: ({ limits }) => limits });
  return {
    read: (namespace, salePlans, now) => {
      const isKnown = isSaleKnown(salePlans, now);
      const [knownPods, knownQuotas, knownRanges] = [
        pods.readWhile(isSaleNear(salePlans, now), namespace),
        quotas.readWhile(isKnown, namespace),
        ranges.readWhile(isKnown, namespace),
      ];
      return {
        ...(knownPods === undefined ? {} : { pods: knownPods }),
        ...(knownQuotas === undefined ? {} : { quotas: knownQuotas.filter(quota => quota !== undefined) }),
        ...(knownRanges === undefined ? {} : { limitRanges: knownRanges }),
      };
    },
    catchUp: async signal => {
      await Promise.all([pods, quotas, ranges].map(watch => watch.catchUp(signal)));
    },
  };
}

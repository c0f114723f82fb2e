import { amountOf, type DefaultAmounts, type PodShape, podLimit, podRequest } from '../../api/pods/pod-requests.ts';
import type { LimitRangeObservation } from '../../observe/capacity/capacity-observation.ts';

/** Pods of one shape; a shape that is not known counts for `pods` alone. */
export interface PodGroup {
  readonly pods: number;
  readonly shape: PodShape | undefined;
}

/** Returns what groups of pods take of a resource, by the names that quotas have for it; 0 for any other. */
export type QuotaTakes = (groups: readonly PodGroup[], resource: string) => number;

/** Counts what pods take of quotas as Kubernetes does, with the defaults of the LimitRanges. */
export function quotaTakes(limitRanges: readonly LimitRangeObservation[] = []): QuotaTakes {
  const [requests, limits] = [defaultsOf(limitRanges, 'request'), defaultsOf(limitRanges, 'limit')];
  const takes: ReadonlyMap<string, (shape: PodShape) => number> = new Map([
    ['cpu', shape => podRequest(shape, 'cpu', requests)],
    ['requests.cpu', shape => podRequest(shape, 'cpu', requests)],
    ['limits.cpu', shape => podLimit(shape, 'cpu', limits)],
    ['memory', shape => podRequest(shape, 'memory', requests)],
    ['requests.memory', shape => podRequest(shape, 'memory', requests)],
    ['limits.memory', shape => podLimit(shape, 'memory', limits)],
  ]);
  return (groups, resource) => {
    if (resource === 'pods' || resource === 'count/pods') return groups.reduce((total, { pods }) => total + pods, 0);
    const each = takes.get(resource);
    if (each === undefined) return 0;
    return groups.reduce((total, { pods, shape }) => total + (shape === undefined ? 0 : pods * each(shape)), 0);
  };
}

/** What LimitRanges give to containers that state no request, or no limit, of their own. */
function defaultsOf(ranges: readonly LimitRangeObservation[], which: 'request' | 'limit'): DefaultAmounts {
  const limits = ranges.flatMap(range => range.limits).filter(({ type }) => type === 'Container');
  const chosen = (resource: string) =>
    limits
      .flatMap(one => (which === 'request' ? [one.request, one.limit, one.max, one.min] : [one.limit, one.max]))
      .map(resources => amountOf(resources, resource))
      .find(amount => amount !== undefined);
  return Object.fromEntries(
    ['cpu', 'memory'].flatMap(resource => {
      const amount = chosen(resource);
      return amount === undefined ? [] : [[resource, amount]];
    }),
  );
}

import { ownValue } from '../api/names/own-value.ts';
import { parseQuantity, quantityPattern } from '../api/quantity.ts';
import type { Container, PodSpec, Resources } from './known-objects.ts';

/** What a LimitRange gives to containers that state no request of their own, by resource. */
export type DefaultRequests = Readonly<Record<string, number>>;

/**
 * Returns what one pod requests of a resource as the scheduler and quotas count it:
 *
 *   container                   its request, else its limit, else the LimitRange's default
 *   containers and sidecars     together, for they run side by side
 *   each init container         itself and the sidecars started before it; the largest counts if it is above those
 *   pod-level resources         the request stated there holds instead; a limit there where no container states any
 *   overhead                    on top
 *
 * @see https://github.com/kubernetes/component-helpers/blob/v0.36.3/resource/helpers.go
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/core/v1/defaults.go
 */
export function podRequest(pod: PodSpec, resource: string, defaults: DefaultRequests = {}): number {
  const { containers, initContainers = [], resources, overhead } = pod;
  const isStated = [...containers, ...initContainers].some(each => ownRequest(each, resource) !== undefined);
  const atPodLevel =
    amountOf(resources?.requests, resource) ?? (isStated ? undefined : amountOf(resources?.limits, resource));
  const request = (each: Container) => ownRequest(each, resource) ?? ownValue(defaults, resource) ?? 0;
  return (atPodLevel ?? containersRequest(pod, request)) + (amountOf(overhead, resource) ?? 0);
}

/** Returns the amount of a resource in a list of resources; undefined when it is not stated, or not a quantity. */
export function amountOf(resources: Resources | null | undefined, resource: string): number | undefined {
  const stated = ownValue(resources ?? undefined, resource);
  return stated !== undefined && quantityPattern.test(String(stated)) ? parseQuantity(String(stated)) : undefined;
}

function containersRequest({ containers, initContainers = [] }: PodSpec, request: (each: Container) => number): number {
  const together = containers.reduce((total, each) => total + request(each), 0);
  let sidecars = 0;
  let largest = 0;
  for (const each of initContainers) {
    const isSidecar = each.restartPolicy === 'Always';
    largest = Math.max(largest, sidecars + request(each));
    if (isSidecar) sidecars += request(each);
  }
  return Math.max(together + sidecars, largest);
}

function ownRequest({ resources }: Container, resource: string): number | undefined {
  return amountOf(resources?.requests, resource) ?? amountOf(resources?.limits, resource);
}

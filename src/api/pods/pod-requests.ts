import { ownValue } from '../names/own-value.ts';
import { parseQuantity, quantityPattern } from '../quantity.ts';

/** Amounts by the name of the resource. */
export type Resources = Readonly<Record<string, string | number>>;

interface Requirements {
  readonly requests?: Resources | null | undefined;
  readonly limits?: Resources | null | undefined;
}

/** A container, as far as its resources are counted. */
interface CountedContainer {
  readonly name?: string;
  readonly resources?: Requirements | null | undefined;
  readonly restartPolicy?: string | undefined;
}

/** What the pods of a workload request. */
export interface PodShape {
  readonly containers: readonly CountedContainer[];
  readonly initContainers?: readonly CountedContainer[] | undefined;
  readonly resources?: Requirements | null | undefined;
  readonly overhead?: Resources | null | undefined;
}

/** What a LimitRange gives to containers that state no request, or no limit, of their own, by resource. */
export type DefaultAmounts = Readonly<Record<string, number>>;

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
export function podRequest(pod: PodShape, resource: string, defaults: DefaultAmounts = {}): number {
  const { containers, initContainers = [], resources, overhead } = pod;
  const isStated = [...containers, ...initContainers].some(each => ownRequest(each, resource) !== undefined);
  const atPodLevel =
    amountOf(resources?.requests, resource) ?? (isStated ? undefined : amountOf(resources?.limits, resource));
  const request = (each: CountedContainer) => ownRequest(each, resource) ?? ownValue(defaults, resource) ?? 0;
  return (atPodLevel ?? sumOf(pod, request)) + (amountOf(overhead, resource) ?? 0);
}

/** Returns the limit of one pod for a resource as quotas count it: the same sums over the limits. */
export function podLimit(pod: PodShape, resource: string, defaults: DefaultAmounts = {}): number {
  const atPodLevel = amountOf(pod.resources?.limits, resource);
  const limit = (each: CountedContainer) =>
    amountOf(each.resources?.limits, resource) ?? ownValue(defaults, resource) ?? 0;
  return (atPodLevel ?? sumOf(pod, limit)) + (amountOf(pod.overhead, resource) ?? 0);
}

/** Returns the amount of a resource in a list of resources; undefined when it is not stated, or not a quantity. */
export function amountOf(resources: Resources | null | undefined, resource: string): number | undefined {
  const stated = ownValue(resources ?? undefined, resource);
  return stated !== undefined && quantityPattern.test(String(stated)) ? parseQuantity(String(stated)) : undefined;
}

function sumOf({ containers, initContainers = [] }: PodShape, request: (each: CountedContainer) => number): number {
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

function ownRequest({ resources }: CountedContainer, resource: string): number | undefined {
  return amountOf(resources?.requests, resource) ?? amountOf(resources?.limits, resource);
}

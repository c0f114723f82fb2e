import { amountOf } from '../../api/pods/pod-requests.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { objectsOf } from '../known-objects.ts';

/** What the LimitRanges of a namespace say of one resource of a container. */
export interface ContainerRange {
  readonly name: string;
  /** The most that a limit, and so a request, may be. */
  readonly max: number | undefined;
  readonly min: number | undefined;
  /** A container without a request, or a limit, is given one. */
  readonly givesRequest: boolean;
  readonly givesLimit: boolean;
}

/** Returns what each LimitRange of a namespace says of a resource of its containers. */
export function containerRanges(
  objects: readonly ManifestObject[],
  namespace: string,
  resource: string,
): readonly ContainerRange[] {
  return objectsOf(objects, 'LimitRange').flatMap(({ object, spec }) =>
    object.namespace !== namespace
      ? []
      : spec.limits
          .filter(({ type }) => type === 'Container')
          .map(each => {
            const limits = [each.default, each.max].map(amounts => amountOf(amounts, resource));
            const requests = [each.defaultRequest, each.min].map(amounts => amountOf(amounts, resource));
            const givesLimit = limits.some(amount => amount !== undefined);
            return {
              name: object.name,
              max: amountOf(each.max, resource),
              min: amountOf(each.min, resource),
              givesLimit,
              givesRequest: givesLimit || requests.some(amount => amount !== undefined),
            };
          }),
  );
}

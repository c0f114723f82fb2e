import { readFloor } from '../api/floor-annotation.ts';
import { fieldManager, floorMaxAnnotation } from '../api/group.ts';
import { listFieldOwners } from '../kube/resources/field-owners.ts';
import type { autoscalers } from '../kube/resources/resource-kind.ts';

/** An HPA as the API server gives it. */
export type Autoscaler = NonNullable<(typeof autoscalers)['object']>;

/** The part of a live HPA that a write depends on. */
export interface LiveBounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  /** Our annotations; absent when missing or not a number. */
  readonly floor?: number;
  readonly floorMax?: number;
}

export function readLiveBounds({ metadata, spec, status }: Autoscaler): LiveBounds {
  const floor = readFloor(metadata?.annotations);
  const floorMax = readFloor(metadata?.annotations, floorMaxAnnotation);
  return {
    minReplicas: spec?.minReplicas ?? 1,
    maxReplicas: spec?.maxReplicas ?? 1,
    currentReplicas: status?.currentReplicas ?? 0,
    desiredReplicas: status?.desiredReplicas ?? 0,
    ...(floor === undefined ? {} : { floor }),
    ...(floorMax === undefined ? {} : { floorMax }),
  };
}

/** Who owns a bound beside us, by managedFields, and when each last changed the object (epoch ms; absent = not known). */
export interface BoundsOwners {
  readonly others: readonly { readonly manager: string; readonly at?: number }[];
  readonly oursAt?: number;
}

/**
 * After a forced apply we are the only owner of both bounds: anybody else who owns one has written it since.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function readBoundsOwners({ metadata }: Autoscaler): BoundsOwners {
  const entries = (metadata?.managedFields ?? []).filter(({ subresource }) => !subresource);
  const ours = entries
    .filter(({ manager }) => manager === fieldManager)
    .map(({ time }) => Date.parse(time ?? ''))
    .filter(at => !Number.isNaN(at));
  const others = listFieldOwners(entries, boundsPaths).filter(({ manager }) => manager !== fieldManager);
  return {
    others: others.map(({ manager, time }) => ({ manager, ...(time === 0 ? {} : { at: time }) })),
    ...(ours.length === 0 ? {} : { oursAt: Math.max(...ours) }),
  };
}

const boundsPaths = [
  ['spec', 'minReplicas'],
  ['spec', 'maxReplicas'],
];

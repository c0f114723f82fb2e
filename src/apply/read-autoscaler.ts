import { fieldManager, floorAnnotation, floorMaxAnnotation } from '../api/group.ts';
import type { autoscalers } from '../kube/resource-kind.ts';

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
  const floor = toReplicas(metadata?.annotations?.[floorAnnotation]);
  const floorMax = toReplicas(metadata?.annotations?.[floorMaxAnnotation]);
  return {
    minReplicas: spec?.minReplicas ?? 1,
    maxReplicas: spec?.maxReplicas ?? 1,
    currentReplicas: status?.currentReplicas ?? 0,
    desiredReplicas: status?.desiredReplicas ?? 0,
    ...(floor === undefined ? {} : { floor }),
    ...(floorMax === undefined ? {} : { floorMax }),
  };
}

/** Who owns a bound beside us, by managedFields, and when we last changed the object (epoch ms). */
export interface BoundsOwners {
  readonly others: readonly string[];
  readonly oursAt?: number;
}

/**
 * After a forced apply we are the only owner of both bounds: anybody else who owns one has written it since.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function readBoundsOwners({ metadata }: Autoscaler): BoundsOwners {
  const others = new Set<string>();
  let oursAt: number | undefined;
  for (const entry of metadata?.managedFields ?? []) {
    if (entry.subresource !== undefined && entry.subresource !== '') continue;
    const spec = fieldsOf(fieldsOf(entry.fieldsV1)?.['f:spec']);
    if (entry.manager === fieldManager) {
      const time = Date.parse(entry.time ?? '');
      if (!Number.isNaN(time)) oursAt = Math.max(oursAt ?? time, time);
    } else if (spec?.['f:minReplicas'] !== undefined || spec?.['f:maxReplicas'] !== undefined) {
      others.add(entry.manager ?? 'unknown');
    }
  }
  return { others: [...others], ...(oursAt === undefined ? {} : { oursAt }) };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

function toReplicas(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

import { floorAnnotation, restoreFinalizer } from '../../api/group.ts';
import type { ObjectMeta } from '../../api/object-meta.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';

/**
 * Mark on a ScalingTarget that must still be restored: our finalizer and, when its workload has no HPA to carry
 * annotations, the floor.
 */
export interface RestoreMark {
  readonly finalizer: boolean;
  readonly floor?: number | undefined;
}

/** Returns true while the target must still be restored. */
export function hasFinalizer({ metadata }: Pick<ScalingTarget, 'metadata'>): boolean {
  return metadata.finalizers?.includes(restoreFinalizer) ?? false;
}

/** Returns true when the target carries exactly this finalizer and floor. */
export function hasMark({ metadata }: Pick<ScalingTarget, 'metadata'>, mark: RestoreMark): boolean {
  return markPatch(metadata, mark) === undefined;
}

/** Builds the metadata to change; undefined when the mark is already as it should be. */
export function markPatch(
  { finalizers = [], annotations, deletionTimestamp }: ObjectMeta,
  { finalizer, floor }: RestoreMark,
): object | undefined {
  const isSet = finalizers.includes(restoreFinalizer);
  const mayAdd = deletionTimestamp === undefined;
  const isFinalizerRight = isSet === finalizer || (finalizer && !mayAdd);
  const wanted = floor === undefined ? undefined : String(floor);
  const isFloorRight = annotations?.[floorAnnotation] === wanted;
  if (isFinalizerRight && isFloorRight) return undefined;
  const others = finalizers.filter(name => name !== restoreFinalizer);
  return {
    ...(isFinalizerRight ? {} : { finalizers: finalizer ? [...others, restoreFinalizer] : others }),
    ...(isFloorRight ? {} : { annotations: { [floorAnnotation]: wanted ?? null } }),
  };
}

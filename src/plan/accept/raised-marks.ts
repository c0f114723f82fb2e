import type { AutoscalerObservation } from '../../observe/observation.ts';
import type { Bounds } from '../plan.ts';

/** The floors of an HPA that count as ours: present while it is raised. */
export interface RaisedMarks {
  readonly floor?: number;
  readonly floorMax?: number;
}

/**
 * Decides which bounds of an HPA Headstart has raised and not restored.
 *
 *   recorded by the target   annotations            →  raised
 *   yes                      ours                      as they say
 *   yes                      another manager's alone   only a bound above the one to go back to
 *   yes                      none                      only a bound that we own, above the one to go back to
 *   no                       ours                      as they say: raised by a version without records
 *   no                       copied                    nothing: it is not the object that was raised
 *   by another target        any                       nothing: that target restores it
 */
export function raisedMarks(
  autoscaler: AutoscalerObservation,
  { isRecorded, rest }: { readonly isRecorded: boolean; readonly rest: Bounds },
): RaisedMarks {
  const { minReplicas, maxReplicas, floor, floorMax, isCopied, ownBounds = [], raisedBy } = autoscaler;
  const isMarked = floor !== undefined || floorMax !== undefined;
  if (!isRecorded && (isCopied === true || raisedBy !== undefined)) return {};
  if (isMarked && isCopied !== true) return marksOf(floor, floorMax);
  if (!isRecorded) return {};
  const counts = (bound: 'minReplicas' | 'maxReplicas', mark: number | undefined) =>
    autoscaler[bound] > rest[bound] && (mark !== undefined || ownBounds.includes(bound));
  return marksOf(
    counts('minReplicas', floor) ? minReplicas : undefined,
    counts('maxReplicas', floorMax) ? maxReplicas : undefined,
  );
}

function marksOf(floor: number | undefined, floorMax: number | undefined): RaisedMarks {
  return { ...(floor === undefined ? {} : { floor }), ...(floorMax === undefined ? {} : { floorMax }) };
}

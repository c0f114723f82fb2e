import { workloadKey } from '../../api/workload-key.ts';
import type { NamespaceObjects } from '../namespace-objects.ts';
import type { TargetObservation, Unreadable } from '../observation.ts';
import type { AutoscalerRecord } from '../workloads/observe-autoscaler.ts';
import type { UnrecordedRaise } from '../workloads/unrecorded-raise.ts';

/** Input for the raised HPAs that nothing records. */
interface UnrecordedInput {
  readonly targets: readonly TargetObservation[];
  readonly unreadable: readonly Unreadable[];
  readonly objects: Pick<NamespaceObjects, 'autoscalers'>;
}

/**
 * Lists the HPAs whose bounds are at what Headstart's annotations state, although no ScalingTarget has recorded the
 * raise: copies, and what a lost ScalingTarget left. An HPA that a target refers to and that Headstart itself annotated
 * is left out: the target adopts it.
 */
export function observeUnrecorded({ targets, unreadable, objects }: UnrecordedInput): readonly UnrecordedRaise[] {
  const marked = objects.autoscalers.filter(isMarked);
  if (marked.length === 0) return [];
  const recorded = new Set([
    ...targets.flatMap(({ target }) => target.status?.raised ?? []).map(({ uid }) => uid),
    ...unreadable.flatMap(({ raised = [] }) => raised).map(({ uid }) => uid),
  ]);
  return marked
    .filter(({ observation }) => !recorded.has(observation.uid))
    .flatMap(({ observation, scales }): UnrecordedRaise[] => {
      const owner = targets.find(({ target }) => workloadKey(target.spec.workloadRef) === workloadKey(scales));
      if (owner !== undefined && observation.isCopied !== true) return [];
      const { objectKind, name, uid, minReplicas, maxReplicas } = observation;
      const from = observation.from ?? owner?.target.spec.baseline;
      const target = owner?.target.metadata.name;
      return [
        {
          ...(objectKind === undefined ? {} : { objectKind }),
          name,
          uid,
          minReplicas,
          maxReplicas,
          ...(from === undefined ? {} : { from }),
          ...(target === undefined ? {} : { target }),
        },
      ];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Returns true when an HPA carries an annotation of Headstart and its bound is not below it. */
export function isMarked({ observation }: AutoscalerRecord): boolean {
  const { floor, floorMax, minReplicas, maxReplicas } = observation;
  return (floor !== undefined && minReplicas >= floor) || (floorMax !== undefined && maxReplicas >= floorMax);
}

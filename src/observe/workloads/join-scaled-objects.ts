import type { AutoscalerRecord, ScaledObjectRecord } from './observe-autoscaler.ts';

/**
 * Puts each ScaledObject in the place of the HPA that KEDA makes of it and rewrites: the ScaledObject holds the bounds,
 * the HPA's status tells how many replicas there are.
 *
 *   HPA                                          listed
 *   of a ScaledObject in the cache               the ScaledObject, with the HPA's replicas
 *   of it, and raised by Headstart itself        both, so that the HPA is restored; KEDA copies annotations to its
 *                                                HPA, and such a copy is no raise
 *   of a ScaledObject that cannot be read        the HPA, which names its owner and is refused
 *   none, of a paused ScaledObject               neither, so that the workload itself is raised
 *   any other                                    the HPA
 */
export function joinScaledObjects(
  hpas: readonly AutoscalerRecord[],
  scaledObjects: readonly ScaledObjectRecord[],
): readonly AutoscalerRecord[] {
  if (scaledObjects.length === 0) return hpas;
  const byName = new Map(hpas.map(hpa => [hpa.observation.name, hpa.observation]));
  const held = new Set(scaledObjects.map(({ observation }) => observation.name));
  const own = hpas.filter(({ observation }) => {
    const { owner } = observation;
    const isMade = owner?.kind === 'ScaledObject' && held.has(owner.name);
    return !isMade || (isMarked(observation) && observation.isCopied !== true);
  });
  const followed = scaledObjects.filter(
    ({ observation }) => observation.unfollowed !== 'Paused' || isMarked(observation),
  );
  const joined = followed.map(({ hpa, scales, observation }): AutoscalerRecord => {
    const { currentReplicas = 0, desiredReplicas = 0 } = byName.get(hpa) ?? {};
    return { scales, observation: { ...observation, currentReplicas, desiredReplicas } };
  });
  return [...own, ...joined];
}

/** Returns true when it carries an annotation of Headstart. */
function isMarked({ floor, floorMax }: AutoscalerRecord['observation']): boolean {
  return floor !== undefined || floorMax !== undefined;
}

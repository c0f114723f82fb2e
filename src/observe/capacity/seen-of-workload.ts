import type { NamespaceObjects } from '../namespace-objects.ts';
import type { TargetObservation } from '../observation.ts';

/** Returns what this process has seen of a workload, by its workloadKey. */
export function seenOfWorkload(
  { scaleUps, steady }: NamespaceObjects,
  key: string,
): Pick<TargetObservation, 'scaleUps' | 'steady'> {
  const [ownScaleUps, ownSteady] = [scaleUps?.get(key), steady?.get(key)];
  return {
    ...(ownScaleUps === undefined ? {} : { scaleUps: ownScaleUps }),
    ...(ownSteady === undefined ? {} : { steady: ownSteady }),
  };
}

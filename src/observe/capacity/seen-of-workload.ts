import type { NamespaceObjects } from '../namespace-objects.ts';
import type { TargetObservation } from '../observation.ts';

/** Returns what this process has seen of a workload, by its workloadKey. */
export function seenOfWorkload({ scaleUps }: NamespaceObjects, key: string): Pick<TargetObservation, 'scaleUps'> {
  const own = scaleUps?.get(key);
  return own === undefined ? {} : { scaleUps: own };
}

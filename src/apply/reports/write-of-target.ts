import type { ScalingTarget } from '../../api/scaling-target.ts';
import type { Applied, AppliedWrite } from '../applied.ts';

/** Finds the write of a target's bounds or replicas; undefined when there was none. */
export function writeOf({ spec }: ScalingTarget, { writes }: Applied, autoscaler?: string): AppliedWrite | undefined {
  return writes.find(
    ({ part, name }) =>
      (part === 'Bounds' && name === autoscaler) || (part === 'Scale' && name === spec.workloadRef.name),
  );
}

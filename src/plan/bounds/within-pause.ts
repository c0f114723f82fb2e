import { stopsLowering, stopsRaises } from '../accept/effective-mode.ts';
import type { Scaler } from '../accept/scaler.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { Bounds } from '../plan.ts';

/**
 * Returns the part of planned bounds that a pause allows; the replicas of a workload are held elsewhere.
 *
 *   paused   planned    live      →  bounds
 *   None     29..44     4..20        29..44
 *   Up       29..44     4..20        4..20      nothing is raised
 *   Up       4..20      29..44       4..20
 *   Up       4..20      8..10        4..10      a maximum that another writer took away stays away
 *   Down     4..20      29..44       29..44     nothing is lowered
 *   Both     any        29..44       29..44
 */
export function withinPause(bounds: Bounds, scaler: Scaler, { paused }: Pick<DesiredFloor, 'paused'>): Bounds {
  if (scaler.kind === 'Workload') return bounds;
  const keep = (planned: number, live: number) => {
    const lowered = stopsRaises(paused) ? Math.min(planned, live) : planned;
    return stopsLowering(paused) ? Math.max(lowered, live) : lowered;
  };
  return {
    minReplicas: keep(bounds.minReplicas, scaler.minReplicas),
    maxReplicas: keep(bounds.maxReplicas, scaler.maxReplicas),
  };
}

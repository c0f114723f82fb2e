import type { RaisedObject } from '../../api/scaling-target.ts';
import type { AutoscalerObservation, WorkloadObservation } from '../observation.ts';

/** A raised object that its target does not refer to any more; without `autoscaler` and `workload` it is gone. */
export interface StrayObservation {
  /** Name of the ScalingTarget that recorded it. */
  readonly target: string;
  readonly raised: RaisedObject;
  readonly autoscaler?: AutoscalerObservation;
  readonly workload?: WorkloadObservation;
  /** True when the HPA scales a workload that is not there, so that its replicas in the status are of the past. */
  readonly isIdle?: true;
  /** True when an HPA scales the workload by now, and decides its replicas. */
  readonly hasAutoscaler?: true;
}

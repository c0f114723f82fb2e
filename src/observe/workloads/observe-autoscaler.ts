import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import type { WorkloadRef } from '../../api/workload-key.ts';
import { isAboveTarget } from '../../kube/resources/above-target.ts';
import { type LiveAutoscaler, readAutoscaler } from '../../kube/resources/read-autoscaler.ts';
import { readScaledObject } from '../../kube/resources/read-scaled-object.ts';
import type { ScaledObject } from '../../kube/resources/resource-kind.ts';
import type { Wire } from '../../kube/resources/wire.ts';
import type { AutoscalerObservation } from '../observation.ts';

/** HPA as the cache keeps it: the fields that a plan uses, and the workload it scales. */
export interface AutoscalerRecord {
  readonly scales: WorkloadRef;
  readonly observation: AutoscalerObservation;
  /** When the HPA last changed the replicas, epoch ms of the API server; absent before it did. */
  readonly scaledAt?: number;
  /** Whether it stands above the target of one of its metrics; absent where its status does not tell. */
  readonly isAbove?: boolean;
}

/** A ScaledObject as the cache keeps it, with the name of the HPA that KEDA makes of it. */
export interface ScaledObjectRecord extends AutoscalerRecord {
  readonly hpa: string;
}

/** Builds the record of an HPA from the API server's object. */
export function observeAutoscaler(object: Wire<V2HorizontalPodAutoscaler>): AutoscalerRecord {
  const live = readAutoscaler(object);
  const isAbove = isAboveTarget(object);
  const scaledAt = Date.parse(object.status?.lastScaleTime ?? '');
  return {
    scales: live.scales,
    observation: autoscalerObservation(live),
    ...(Number.isNaN(scaledAt) ? {} : { scaledAt }),
    ...(isAbove === undefined ? {} : { isAbove }),
  };
}

/** Builds the record of a ScaledObject; the replicas are those of its HPA, see joinScaledObjects. */
export function observeScaledObject(object: ScaledObject): ScaledObjectRecord {
  const live = readScaledObject(object);
  return { scales: live.scales, observation: autoscalerObservation(live), hpa: live.hpa };
}

/** Selects the fields of a live HPA or ScaledObject that a plan uses. */
export function autoscalerObservation({ state, others, owner }: LiveAutoscaler): AutoscalerObservation {
  return {
    ...state,
    otherWriters: others.map(({ manager }) => manager),
    ...(owner === undefined ? {} : { owner }),
  };
}

import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import type { WorkloadRef } from '../api/workload-key.ts';
import { type LiveAutoscaler, readAutoscaler } from '../kube/resources/read-autoscaler.ts';
import type { Wire } from '../kube/resources/wire.ts';
import type { AutoscalerObservation } from './observation.ts';

/** HPA as the cache keeps it: the fields that a plan uses, and the workload it scales. */
export interface AutoscalerRecord {
  readonly scales: WorkloadRef;
  readonly observation: AutoscalerObservation;
}

/** Builds the record of an HPA from the API server's object. */
export function observeAutoscaler(object: Wire<V2HorizontalPodAutoscaler>): AutoscalerRecord {
  const live = readAutoscaler(object);
  return { scales: live.scales, observation: autoscalerObservation(live) };
}

/** Selects the fields of a live HPA that a plan uses. */
export function autoscalerObservation({ state, others, owner }: LiveAutoscaler): AutoscalerObservation {
  return {
    ...state,
    otherWriters: others.map(({ manager }) => manager),
    ...(owner === undefined ? {} : { owner }),
  };
}

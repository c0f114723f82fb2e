import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import type { WorkloadRef } from '../api/workload-key.ts';
import { type LiveAutoscaler, readAutoscaler } from '../kube/resources/read-autoscaler.ts';
import type { Wire } from '../kube/resources/wire.ts';
import type { AutoscalerObservation } from './observation.ts';

/** An HPA as the cache keeps it: what the plan may know of it, and what it scales. */
export interface AutoscalerRecord {
  readonly scales: WorkloadRef;
  readonly observation: AutoscalerObservation;
}

/** The record of an HPA as the API server gives it. */
export function observeAutoscaler(object: Wire<V2HorizontalPodAutoscaler>): AutoscalerRecord {
  const live = readAutoscaler(object);
  return { scales: live.scales, observation: autoscalerObservation(live) };
}

/** What the plan may know of a live HPA. */
export function autoscalerObservation({ state, others, owner }: LiveAutoscaler): AutoscalerObservation {
  return {
    ...state,
    otherWriters: others.map(({ manager }) => manager),
    ...(owner === undefined ? {} : { owner }),
  };
}

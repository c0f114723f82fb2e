import type { ObjectMeta } from '../api/object-meta.ts';
import type { ReadObject } from './namespace-objects.ts';
import type { WorkloadObservation } from './observation.ts';
import type { AutoscalerRecord } from './observe-autoscaler.ts';

/** Selects the watched fields of an object of ours. Its status changes most often by our own hand. */
export function ourWatchedFields(read: ReadObject<{ readonly metadata: ObjectMeta }>): unknown {
  const known = 'value' in read ? read.value.metadata : (read.salvaged?.metadata ?? read.unreadable.pendingRestore);
  const { uid, generation, deletionTimestamp, finalizers, annotations } = known ?? {};
  const complaint = 'value' in read ? undefined : [read.unreadable.generation, read.unreadable.message];
  return [uid, generation, deletionTimestamp, finalizers, annotations, complaint];
}

/**
 * Selects the watched fields of an HPA. Its replicas change with the load; bounds, annotations and writers only when
 * somebody writes them.
 */
export function watchedAutoscalerFields({ scales, observation }: AutoscalerRecord): unknown {
  const { uid, minReplicas, maxReplicas, floor, floorMax, otherWriters, owner } = observation;
  return [scales, uid, minReplicas, maxReplicas, floor, floorMax, otherWriters, owner];
}

/** Selects the watched fields of a workload; at 0 replicas it cannot be raised. */
export function watchedWorkloadFields({ uid, replicas }: WorkloadObservation): unknown {
  return [uid, replicas === 0];
}

import type { PodShape } from '../../api/pods/pod-requests.ts';
import type { PodsObservation } from './capacity-observation.ts';
import type { BufferObservation } from './observe-buffer.ts';

/** What a Deployment of placeholder pods says of them. */
export interface PlaceholderShape {
  /** Name of the ScalingTarget that they keep room for. */
  readonly target: string;
  readonly podLabels: Readonly<Record<string, string>>;
  /** Absent where the pod template names no PriorityClass. */
  readonly priorityClassName?: string;
}

/**
 * Object that keeps room on nodes for the pods of a target: a Deployment whose pods give way to them, or a CapacityBuffer,
 * by which an autoscaler keeps it without any pods.
 */
export interface PlaceholderObservation {
  /** Name of the ScalingTarget, by its label `headstart.dev/placeholder-for`. */
  readonly target: string;
  readonly name: string;
  readonly uid: string;
  /** `spec.replicas`. */
  readonly replicas: number;
  /** Placeholder pods that are ready; 0 of a CapacityBuffer, which has none. */
  readonly readyReplicas: number;
  /** Newest owner of `spec.replicas`, when known. */
  readonly replicasWriter?: string;
  /** Epoch ms of our newest write of them, in our own clock, when known. */
  readonly writtenAt?: number;
  readonly pod?: PodShape;
  /** Absent where the pod template names none. */
  readonly priorityClassName?: string;
  /** Why it must not be scaled, in words: it is more than a placeholder. */
  readonly conflict?: string;
  /** What it says beside its replicas, where it is a CapacityBuffer. */
  readonly buffer?: BufferObservation;
  /** Its pods; absent while no sale is near, and where they cannot be read. */
  readonly pods?: PodsObservation;
}

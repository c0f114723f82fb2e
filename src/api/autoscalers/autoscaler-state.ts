import type { AutoscalerKind } from './autoscaler-kind.ts';

/** Bounds of an HPA or a ScaledObject, and Headstart's annotations beside them. */
export interface MarkedBounds {
  /** Kind of the object that holds them. @default HorizontalPodAutoscaler */
  readonly objectKind?: AutoscalerKind;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Headstart's annotations: present from the first raise until that bound is restored. */
  readonly floor?: number;
  readonly floorMax?: number;
  /** Bounds before the raise, from our annotation. */
  readonly from?: { readonly minReplicas: number; readonly maxReplicas: number };
}

/** Fields of an HPA or a ScaledObject that plans and writes depend on. */
export interface AutoscalerState extends MarkedBounds {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Current replicas from the status of the HPA; 0 before its first sync. */
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  /** Epoch ms of Headstart's newest write of a bound or annotation, from managedFields; paces a slow ramp down. */
  readonly writtenAt?: number;
  /**
   * What keeps KEDA from following a ScaledObject's bounds: a pause, which leaves the replicas to others; a pause at a
   * number of replicas; idleReplicaCount.
   */
  readonly unfollowed?: 'Paused' | 'Pinned' | 'Idle';
  /** True when managedFields show that Headstart wrote none of its annotations here: they were copied. */
  readonly isCopied?: true;
  /** Bounds that Headstart owns in managedFields: its writes of them are the newest. */
  readonly ownBounds?: readonly ('minReplicas' | 'maxReplicas')[];
}

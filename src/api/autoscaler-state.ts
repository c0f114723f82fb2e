/** Bounds of an HPA, and Headstart's annotations beside them. */
export interface MarkedBounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Headstart's annotations: present from the first raise until that bound is restored. */
  readonly floor?: number;
  readonly floorMax?: number;
}

/** Fields of an HPA that plans and writes depend on. */
export interface AutoscalerState extends MarkedBounds {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Current replicas from the HPA's status; 0 before its first sync. */
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  /** Epoch ms of Headstart's newest write of a bound or annotation, from managedFields; paces a slow ramp down. */
  readonly writtenAt?: number;
}

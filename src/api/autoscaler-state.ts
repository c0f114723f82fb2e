/** The bounds of an HPA, and our annotations beside them. */
export interface MarkedBounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Our annotations: present from the first raise until that bound is restored. */
  readonly floor?: number;
  readonly floorMax?: number;
}

/** An HPA as far as plans and writes depend on it. */
export interface AutoscalerState extends MarkedBounds {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** By its status; 0 before its first sync. */
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  /** Epoch ms of our newest write of a bound or annotation, from managedFields; a slow ramp down is paced by it. */
  readonly writtenAt?: number;
}

/** Bounds of an HPA, and Headstart's annotations beside them. */
export interface MarkedBounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Headstart's annotations: present from the first raise until that bound is restored. */
  readonly floor?: number;
  readonly floorMax?: number;
  /** Bounds before the raise, from our annotation. */
  readonly from?: { readonly minReplicas: number; readonly maxReplicas: number };
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
  /** True when managedFields show that Headstart wrote none of its annotations here: they were copied. */
  readonly isCopied?: true;
  /** Bounds that Headstart owns in managedFields: its writes of them are the newest. */
  readonly ownBounds?: readonly ('minReplicas' | 'maxReplicas')[];
}

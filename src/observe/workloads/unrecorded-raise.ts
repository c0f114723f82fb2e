import type { AutoscalerState } from '../../api/autoscalers/autoscaler-state.ts';

/** HPA that carries Headstart's annotations, at the bounds that they state, without a record on a ScalingTarget. */
export interface UnrecordedRaise {
  readonly objectKind?: AutoscalerState['objectKind'];
  readonly name: string;
  readonly uid: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Bounds before the raise: from its annotation, else the baseline of the target that names its workload. */
  readonly from?: { readonly minReplicas: number; readonly maxReplicas: number };
  readonly target?: string;
}

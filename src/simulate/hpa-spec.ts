/** The fields of an autoscaling/v2 spec that the algorithm reads, with quantities as numbers. */
export interface AutoscalerSpec {
  /** @default 1, as the API server sets it */
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly metrics: readonly MetricSpec[];
  /** The scaling rules; absent: the controller's built-in limits and window. */
  readonly behavior?: { readonly scaleUp?: ScalingRules; readonly scaleDown?: ScalingRules };
}

/**
 * A metric of the HPA. Utilization is in percent of the pods' requests. The last three types are accepted but not
 * simulated.
 */
export type MetricSpec =
  | { readonly type: 'Resource'; readonly name: string; readonly averageUtilization: number }
  | { readonly type: 'Resource'; readonly name: string; readonly averageValue: number }
  | { readonly type: 'External'; readonly name: string; readonly averageValue: number }
  | { readonly type: 'External'; readonly name: string; readonly value: number }
  | { readonly type: 'Pods' | 'Object' | 'ContainerResource'; readonly name: string };

export interface ScalingRules {
  /** Seconds. @default 0 up, 300 down */
  readonly stabilizationWindowSeconds?: number;
  /** @default Max */
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  /** @default up: 4 pods or 100 % in 15 s; down: 100 % in 15 s */
  readonly policies?: readonly ScalingPolicyRule[];
  /** A share, from 0. @default 0.1 */
  readonly tolerance?: number;
}

export interface ScalingPolicyRule {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  readonly periodSeconds: number;
}

/** The value of one metric at this sync, or the reason why there is none. */
export type MetricReading =
  | { readonly type: 'Pods'; readonly pods: readonly PodReading[] }
  | { readonly type: 'Value'; readonly value: number }
  | { readonly missing: string };

/** A pod as the HPA sees it: its phase, its readiness, and its usage where it was measured. */
export interface PodReading {
  readonly name: string;
  readonly phase: 'Pending' | 'Running' | 'Failed';
  readonly deleting: boolean;
  /** The pod's request of the metric's resource. */
  readonly request: number;
  /** Epoch ms; absent until the node has accepted the pod. */
  readonly startedAt?: number;
  readonly ready?: { readonly status: boolean; readonly since: number };
  readonly usage?: PodUsage;
}

export interface PodUsage {
  readonly value: number;
  /** The end of the metric window, epoch ms. */
  readonly at: number;
  readonly windowMs: number;
}

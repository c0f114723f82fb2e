/** The part of autoscaling/v2 that the algorithm reads, with quantities as numbers. */
export interface AutoscalerSpec {
  /** @default 1, as the API server fills it in */
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly metrics: readonly MetricSpec[];
  /** Absent: the controller's own pace and window. */
  readonly behavior?: { readonly scaleUp?: ScalingRules; readonly scaleDown?: ScalingRules };
}

/** A metric to follow. Utilization is in percent of the pods' requests. The last three are known by name, not followed. */
export type MetricSpec =
  | { readonly type: 'Resource'; readonly name: string; readonly averageUtilization: number }
  | { readonly type: 'Resource'; readonly name: string; readonly averageValue: number }
  | { readonly type: 'External'; readonly name: string; readonly averageValue: number }
  | { readonly type: 'External'; readonly name: string; readonly value: number }
  | { readonly type: 'Pods' | 'Object' | 'ContainerResource'; readonly name: string };

export interface ScalingRules {
  /** @default 0 up, 300 down */
  readonly stabilizationWindowSeconds?: number;
  /** @default Max */
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  /** @default up: 4 pods or 100 % in 15 s; down: 100 % in 15 s */
  readonly policies?: readonly ScalingPolicyRule[];
  /** A share. @default 0.1 */
  readonly tolerance?: number;
}

export interface ScalingPolicyRule {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  readonly periodSeconds: number;
}

/** What the metrics API says about one metric at this sync. */
export type MetricReading =
  | { readonly type: 'Pods'; readonly pods: readonly PodReading[] }
  | { readonly type: 'Value'; readonly value: number }
  | { readonly missing: string };

/** A pod as the HPA sees it: its phase and readiness, and its usage where metrics have it. */
export interface PodReading {
  readonly name: string;
  readonly phase: 'Pending' | 'Running' | 'Failed';
  readonly deleting: boolean;
  /** What the pod asks for of the metric's resource. */
  readonly request: number;
  /** Epoch ms; absent until the node has accepted it. */
  readonly startedAt?: number;
  readonly ready?: { readonly status: boolean; readonly since: number };
  readonly usage?: PodUsage;
}

export interface PodUsage {
  readonly value: number;
  /** Epoch ms: when the window ended. */
  readonly at: number;
  readonly windowMs: number;
}

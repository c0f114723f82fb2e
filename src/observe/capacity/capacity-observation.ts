import type { Resources } from '../../api/pods/pod-requests.ts';

/** Time from the write of a target's bounds until a new pod serves at full speed. */
export interface LeadTime {
  /** Until its pods are ready, and their warm-up. */
  readonly seconds: number;
  readonly source: 'Stated' | 'Measured';
  /** The part of it that follows a pod's readiness. @default 0 */
  readonly warmUpSeconds?: number;
}

/** Pods of one workload that are not being deleted and have not ended. */
export interface PodsObservation {
  /** Epoch ms since when each ready pod is ready, the earliest first. */
  readonly readySince: readonly number[];
  /** Sorted by name. */
  readonly unready: readonly UnreadyPod[];
  /** The highest priority among them, as their PriorityClass gives it; absent where none is known. */
  readonly priority?: number;
}

export interface UnreadyPod {
  readonly name: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Whether it was ready before. */
  readonly wasReady: boolean;
  /** Reason of scheduler or kubelet, such as Unschedulable or ImagePullBackOff; absent while it starts. */
  readonly reason?: string;
  /** The scheduler's message. */
  readonly message?: string;
}

/** A ResourceQuota, with the resources that a raise uses. */
export interface QuotaObservation {
  readonly name: string;
  readonly hard: Resources;
  readonly used: Resources;
}

/** What a LimitRange allows containers and pods, of cpu and memory. */
export interface LimitRangeObservation {
  readonly name: string;
  readonly limits: readonly {
    readonly type: 'Container' | 'Pod';
    readonly max: Resources;
    readonly min: Resources;
    /** Defaults of containers that state no limit, or no request. */
    readonly limit: Resources;
    readonly request: Resources;
  }[];
}

import type { Series } from '../../forecasts/index.ts';
import type { AutoscalerOwner } from '../api/autoscaler-owner.ts';
import type { AutoscalerState } from '../api/autoscaler-state.ts';
import type { Condition } from '../api/condition.ts';
import type { FlashSale } from '../api/flash-sale.ts';
import type { Missing } from '../api/missing.ts';
import type { ObjectMeta } from '../api/object-meta.ts';
import type { SalePlan } from '../api/sale-plan.ts';
import type { ScalingPolicySpec } from '../api/scaling-policy.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';

/** What is known of one namespace at `now`: all that a plan may depend on, besides the forecasts made from it. */
export interface Observation {
  /** Epoch ms. */
  readonly now: number;
  readonly namespace: string;
  /** Sorted by name, as are all lists here: the same cluster gives the same bytes. */
  readonly sales: readonly FlashSale[];
  readonly targets: readonly TargetObservation[];
  readonly policy: ScalingPolicySpec;
  readonly limits: Limits;
  readonly salePlans: readonly SalePlan[];
  /** Objects of our kinds that could not be read; each is told to its author, none hurts its neighbours. */
  readonly unreadable: readonly Unreadable[];
}

/** The operator's caps, which nobody in a namespace can lift, and its pace. */
export interface Limits {
  readonly replicasPerTarget: number;
  readonly replicasPerNamespace: number;
  /** HPA bounds are raised to floor × (1 + surgeRoomPercent ÷ 100). */
  readonly surgeRoomPercent: number;
  readonly tickSeconds: number;
  readonly staleAfterSeconds: number;
  readonly writesPerSecond: number;
}

export interface Unreadable {
  readonly kind: 'FlashSale' | 'ScalingTarget' | 'ScalingPolicy' | 'SalePlan';
  readonly name: string;
  /** JSON path of the field, empty when the whole object is meant. */
  readonly field: string;
  readonly message: string;
  /** What a status or an Event about it needs; absent where the object does not say it. */
  readonly uid?: string;
  readonly generation?: number;
  /** Those of its status that can be read. */
  readonly conditions?: readonly Condition[];
  /** Of a ScalingTarget that carries our finalizer though not even its workload and baseline can be read. */
  readonly pendingRestore?: ObjectMeta;
}

export interface TargetObservation {
  readonly target: ScalingTarget;
  /** Why the target cannot be read as a whole; then `target` is what is left of it, to be put back and not to be raised. */
  readonly unreadable?: string;
  readonly workload: WorkloadObservation | Missing;
  /** Every HPA whose scaleTargetRef names the workload: none, the one we raise, or several (which is refused). */
  readonly autoscalers: readonly AutoscalerObservation[];
  readonly demand: DemandObservation | Missing;
  readonly leadTime: { readonly seconds: number; readonly source: 'Stated' | 'Measured' };
}

export interface WorkloadObservation {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** `spec.replicas`; 0 switches an HPA off. */
  readonly replicas: number;
  readonly readyReplicas: number;
  /** The newest owner of `spec.replicas` in managedFields, when known. */
  readonly replicasWriter?: string;
  /** `headstart.dev/floor` on the ScalingTarget, where the workload is scaled without an HPA: it is not ours to annotate. */
  readonly floor?: number;
  /** Epoch ms of our newest write of `spec.replicas`, from managedFields. */
  readonly writtenAt?: number;
}

export interface AutoscalerObservation extends AutoscalerState {
  /** Managers other than headstart that own a bound, newest first. */
  readonly otherWriters: readonly string[];
  /** The autoscaler that it belongs to, such as a ScaledObject; absent when it is nobody's. */
  readonly owner?: AutoscalerOwner;
}

export interface DemandObservation {
  /** The newest two hours, up to the last complete step; the long history goes to the forecasts by `historyKey`. */
  readonly recent: Series;
  readonly historyKey: string;
  /** Of the newest sample, in domain time. */
  readonly ageSeconds: number;
  /**
   * Epoch ms: samples of steps that end by then are whole. Later ones may still rise, so they raise a plan and never lower
   * it. @default the end of `recent`
   */
  readonly settledUntil?: number;
  /** The age at which the source's samples were whole, as measured; absent before it was measured. */
  readonly latenessSeconds?: number;
  /** How far the known history reaches back, when the source has said. */
  readonly historySeconds?: number;
  readonly source: string;
  /** Why the newest question was not answered; absent when it was. */
  readonly failure?: string;
}

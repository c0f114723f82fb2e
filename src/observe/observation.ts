import type { Series } from '../../forecasts/index.ts';
import type { AutoscalerOwner } from '../api/autoscalers/autoscaler-owner.ts';
import type { AutoscalerState } from '../api/autoscalers/autoscaler-state.ts';
import type { Condition } from '../api/condition.ts';
import type { FlashSale } from '../api/flash-sale.ts';
import type { ScaleUpRecord } from '../api/learned/scale-up.ts';
import type { Missing } from '../api/missing.ts';
import type { ObjectMeta } from '../api/object-meta.ts';
import type { PodShape } from '../api/pods/pod-requests.ts';
import type { SalePlan } from '../api/sale-plan.ts';
import type { ScalingPolicySpec } from '../api/scaling-policy.ts';
import type { RaisedObject, ScalingTarget } from '../api/scaling-target.ts';
import type { SteadyReplicas } from '../learn/capacity/learn-capacity.ts';
import type { SaleDates } from '../recurrence/series-dates.ts';
import type { ZoneClock } from '../recurrence/shop-clock.ts';
import type { CacheDoubt } from './cache-doubt.ts';
import type {
  LeadTime,
  LimitRangeObservation,
  PodsObservation,
  QuotaObservation,
} from './capacity/capacity-observation.ts';
import type { PlaceholderObservation, PlaceholderShape } from './capacity/placeholder-observation.ts';
import type { StockObservation } from './metrics/stock-observation.ts';
import type { Raises } from './raises.ts';
import type { SaleEnding } from './sale-ending.ts';
import type { RightsObservation } from './workloads/look-at-rights.ts';
import type { UnrecordedRaise } from './workloads/unrecorded-raise.ts';

/** State of one namespace at `now`: together with the forecasts made from it, everything that a plan depends on. */
export interface Observation {
  /** Epoch ms. */
  readonly now: number;
  /** Our clock minus the API server's, in ms; every time below is already in our own clock. @default 0 */
  readonly clockSkewMs?: number;
  readonly namespace: string;
  /** Sales sorted by name, as are all lists here, so that the same cluster gives the same bytes. */
  readonly sales: readonly FlashSale[];
  /** The dates of the recurring ones among them, near now. @default none */
  readonly dates?: readonly SaleDates[];
  /** FlashSales whose deletion this process has seen; of others that are gone nobody knows why. @default none */
  readonly deletedSales?: readonly string[];
  readonly targets: readonly TargetObservation[];
  readonly policy: ScalingPolicySpec;
  /** Why no approval counts: the admission policy that guards them is not in force. Absent while it is. */
  readonly approvalGuard?: Missing;
  readonly limits: Limits;
  readonly salePlans: readonly SalePlan[];
  /** Raises of other namespaces for sales that start near one of these, by start and tier. @default none */
  readonly elsewhere?: readonly Raises[];
  /** Raised objects that their target has recorded and refers to no longer. @default none */
  readonly strays?: readonly StrayObservation[];
  /** HPAs with Headstart's annotations in force that no ScalingTarget has recorded. @default none */
  readonly unrecorded?: readonly UnrecordedRaise[];
  /** Stock of the sales that run, where the policy says where to read it. @default none */
  readonly stock?: readonly StockObservation[];
  /** Fields that sales were read without, in sentences, by the name of the sale. @default none */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** Headstart objects that could not be read; each is reported to its author and does not affect the others. */
  readonly unreadable: readonly Unreadable[];
  /** Quotas that count all pods; absent while no sale is known, and where they cannot be read. */
  readonly quotas?: readonly QuotaObservation[];
  /** LimitRanges; absent as quotas are. */
  readonly limitRanges?: readonly LimitRangeObservation[];
  /** Fields of this version that the CRDs of the cluster lack, such as `ScalingTarget status.raised`. @default none */
  readonly prunedFields?: readonly string[];
  /** Deployments of placeholder pods and CapacityBuffers, whatever they ask for. @default none */
  readonly placeholders?: readonly PlaceholderObservation[];
  /** Rights that the operator lacks for raising the targets; absent while it lacks none, and while no sale is known. */
  readonly rights?: RightsObservation;
  /** Kinds whose caches may miss changes: bounds are then only raised. Absent when all are fresh. */
  readonly doubts?: readonly CacheDoubt[];
}

/** Pace of the operator and its caps, which nobody in a namespace can lift. */
export interface Limits {
  readonly replicasPerTarget: number;
  readonly replicasPerNamespace: number;
  /** Percent by which the HPA's bounds exceed the floor: floor × (1 + surgeRoomPercent ÷ 100). */
  readonly surgeRoomPercent: number;
  readonly tickSeconds: number;
  readonly staleAfterSeconds: number;
  readonly writesPerSecond: number;
  /** Names of the channels that a policy can name in `notify`. @default not known here */
  readonly channels?: readonly string[];
}

export interface Unreadable {
  readonly kind: 'FlashSale' | 'ScalingTarget' | 'ScalingPolicy' | 'SalePlan';
  readonly name: string;
  /** JSON path of the field; empty when the whole object is meant. */
  readonly field: string;
  readonly message: string;
  /** UID for a status or an Event about the object; absent when the object has none. */
  readonly uid?: string;
  readonly generation?: number;
  /** Readable conditions of its status. */
  readonly conditions?: readonly Condition[];
  /** What a FlashSale says of its end, which counts although the rest cannot be read. */
  readonly ending?: SaleEnding;
  /** Metadata of a ScalingTarget that carries our finalizer while even its workload and baseline cannot be read. */
  readonly pendingRestore?: ObjectMeta;
  /** What that ScalingTarget has recorded as raised, as far as it can be read. */
  readonly raised?: readonly RaisedObject[];
}

/** A raised object that its target does not refer to any more; without `autoscaler` and `workload` it is gone. */
export interface StrayObservation {
  /** Name of the ScalingTarget that recorded it. */
  readonly target: string;
  readonly raised: RaisedObject;
  readonly autoscaler?: AutoscalerObservation;
  readonly workload?: WorkloadObservation;
  /** True when the HPA scales a workload that is not there, so that its replicas in the status are of the past. */
  readonly isIdle?: true;
  /** True when an HPA scales the workload by now, and decides its replicas. */
  readonly hasAutoscaler?: true;
}

export interface TargetObservation {
  readonly target: ScalingTarget;
  /** Why it cannot be read as a whole; `target` then holds its readable part, which is restored and not raised. */
  readonly unreadable?: string;
  /** Which fields it was read without, in sentences. @default none */
  readonly leftOut?: string;
  readonly workload: WorkloadObservation | Missing;
  /** HPAs whose scaleTargetRef names the workload: none, the one we raise, or several (which is refused). */
  readonly autoscalers: readonly AutoscalerObservation[];
  readonly demand: DemandObservation | Missing;
  /** The clock whose days its demand follows, and its holidays, some years of them. @default UTC */
  readonly clock?: ZoneClock;
  readonly leadTime: LeadTime;
  /** Scale-ups of its workload that this process has seen, for its status. @default none */
  readonly scaleUps?: readonly ScaleUpRecord[];
  /** P95 of its answer times in ms, at the steps of its demand. Absent without `objective.query`. */
  readonly answerTimes?: { readonly recent: Series } | Missing;
  /** Times of the last two hours in which all wanted replicas were ready. @default none is known */
  readonly steady?: readonly SteadyReplicas[];
  /** Its pods; absent while no sale is near, and where they cannot be read. */
  readonly pods?: PodsObservation;
}

export interface WorkloadObservation {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** `spec.replicas`; 0 switches an HPA off. */
  readonly replicas: number;
  /** Selector of its pods, as its scale subresource states it; absent where it has none. */
  readonly selector?: string;
  /** What its pods request; absent where it has no pod template. */
  readonly pod?: PodShape;
  /** Revision of its pod template; absent where the workload states none. */
  readonly revision?: string;
  /** Seconds for which a pod must be ready to be available. @default 0 */
  readonly minReadySeconds?: number;
  readonly readyReplicas: number;
  /** Pods, or a percentage of its replicas, that a rollout of a Deployment adds. @default none */
  readonly maxSurge?: number | string;
  /** Newest owner of `spec.replicas` in managedFields, when known. */
  readonly replicasWriter?: string;
  /** `headstart.dev/floor` on the ScalingTarget when the workload has no HPA, since we do not annotate workloads. */
  readonly floor?: number;
  /** Epoch ms of our newest write of `spec.replicas`, from managedFields, in our own clock. */
  readonly writtenAt?: number;
  /** What it says of its pods, where it is a Deployment of placeholder pods. */
  readonly placeholder?: PlaceholderShape;
}

export interface AutoscalerObservation extends AutoscalerState {
  /** Managers other than headstart that own a bound, newest first. */
  readonly otherWriters: readonly string[];
  /** Name of another ScalingTarget that has recorded the HPA as raised by it. */
  readonly raisedBy?: string;
  /** Autoscaler that owns the HPA, such as a ScaledObject; absent when it has no owner. */
  readonly owner?: AutoscalerOwner;
}

export interface DemandObservation {
  /** Demand of the newest two hours, up to the last complete step; forecasts read the long history by `historyKey`. */
  readonly recent: Series;
  readonly historyKey: string;
  /** Age of the newest sample in seconds, domain time. */
  readonly ageSeconds: number;
  /**
   * Epoch ms up to which samples are whole; later ones may still rise, so they raise a plan and never lower it.
   * @default the end of `recent`
   */
  readonly settledUntil?: number;
  /** Measured age at which the source's samples are whole, in seconds; absent before it was measured. */
  readonly latenessSeconds?: number;
  /** Length of the known history in seconds, when the source has said. */
  readonly historySeconds?: number;
  readonly source: string;
  /** Why the newest query failed; absent when it succeeded. */
  readonly failure?: string;
}

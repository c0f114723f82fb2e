import type { ConditionUpdate } from '../api/condition.ts';
import type { conditionCatalogue } from '../api/conditions/condition-catalogue.ts';
import type { ConditionedKind } from '../api/conditions/condition-entry.ts';
import type { Verdict } from '../api/conditions/verdict.ts';
import type { FlashSaleSpec, Mode } from '../api/flash-sale.ts';
import type { PlannedTarget, ReasonStep } from '../api/sale-plan.ts';
import type { RaisedObject } from '../api/scaling-target.ts';
import type { DeployFreeze } from '../api/series/deploy-freezes.ts';
import type { GoneSale } from './accept/gone-sale.ts';
import type { Curve } from './demand/curve.ts';
import type { RoomPlan } from './room/room-plan.ts';
import type { SaleFinding } from './sale-finding.ts';

/** What should hold in a namespace at `now`, and why. Doing nothing is a plan with a reason. */
export interface Plan {
  /** Epoch ms. */
  readonly now: number;
  readonly namespace: string;
  readonly targets: readonly TargetPlan[];
  /** Raised objects that their target refers to no longer, each with the next step back. @default none */
  readonly strays?: readonly StrayPlan[];
  /** Room on nodes, by target. @default the policy asks for none, and no placeholder is there */
  readonly rooms?: readonly RoomPlan[];
  readonly sales: readonly SaleOutlook[];
  /** Conditions of objects without an entry above: the policy, refused sales, and objects that could not be read. */
  readonly others: readonly ObjectConditions[];
  /** Windows around sales in which nothing should be deployed, by start. @default the policy states no freeze */
  readonly freezes?: readonly DeployFreeze[];
  /** The latest time of the next reconcile, epoch ms. */
  readonly next: number;
}

/** Conditions of one object of our kinds. */
export interface ObjectConditions {
  readonly kind: ConditionedKind;
  readonly name: string;
  readonly conditions: readonly ConditionUpdate[];
  /** Times of the next date of a recurring sale that is not planned yet, epoch ms. */
  readonly times?: { readonly start: number; readonly end: number };
}

/** Reason for the bounds: one of `BoundsInForce=True`, explained in src/api/conditions/condition-reasons.ts. */
export type TargetReason = (typeof conditionCatalogue.BoundsInForce.reasons.ScalingTarget.True)[number];

export interface TargetPlan {
  readonly target: string;
  /** The HPA that carries the bounds; absent where there is none, or which one decides is unknown. */
  readonly autoscaler?: string;
  /** The bounds that should hold now; with action `Hold`, the live ones. */
  readonly bounds: Bounds;
  /** Where there is no HPA: `spec.replicas` to write through `/scale`; absent = leave it. */
  readonly replicas?: number;
  /** Action on the live object: `Write` the bounds, `Hold` what is there, `Release` our finalizer once restored. */
  readonly action: 'Write' | 'Hold' | 'Release';
  /**
   * Annotations that accompany the bounds while they are raised; absent = removed by the request that lowers the bound.
   */
  readonly floor?: number;
  readonly floorMax?: number;
  readonly reason: TargetReason;
  /**
   * Requests per second forecast for the newest complete step, P50 and P95, to compare with actuals; absent outside
   * sales.
   */
  readonly expected?: { readonly forecast: number; readonly upper: number };
  /** How the decision was reached, step by step. */
  readonly because: readonly ReasonStep[];
  /** What the write changes, and why: `gateway 29 → 19: the forecast's peak …`; absent when it changes nothing. */
  readonly change?: string;
  /** Conditions of the target. */
  readonly conditions: readonly ConditionUpdate[];
}

/** A raised object that its target refers to no longer, and the next step of its restore. */
export interface StrayPlan {
  readonly raised: RaisedObject;
  /**
   * As for a target; `target` is the one that recorded it, `Release` removes the record, `change` says what happens and
   * why.
   */
  readonly plan: TargetPlan;
}

export interface Bounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** The part of one sale where several overlap. */
export interface OwnPart {
  /** Names of the other sales, in order. */
  readonly sales: readonly string[];
  /** Its own highest P50 minute as a percentage of the same minute without any sale. */
  readonly ownPercent: number;
  /** Its percentage of what all of them add in the highest minute, 0–100. */
  readonly sharePercent: number;
}

/** A limit that a whole sale meets: its total, and what the sale uses and needs of it, in the limit's own units. */
export interface SaleLimit {
  /** Name of the limit for people. */
  readonly limit: string;
  readonly total: number;
  readonly used: number;
  /** It binds where this is more than the total. */
  readonly needed: number;
  /** Targets that get less for it; empty where it does not bind, and where what is due is shared out at its time. */
  readonly payers: readonly { readonly target: string; readonly replicas: number; readonly of: number }[];
  /** What would lift it, in a sentence; absent where it does not bind. */
  readonly mend?: string;
}

/** One occurrence of a sale, from the merchandiser's side. */
export interface SaleOutlook {
  /** The FlashSale's name. */
  readonly sale: string;
  readonly saleUid: string;
  /** Name of this occurrence's SalePlan. */
  readonly salePlan: string;
  /** Since when its FlashSale is gone, and until when what it raised is held. */
  readonly gone?: GoneSale;
  /** The FlashSale's own spec, where it is accepted and announces this occurrence. */
  readonly announced?: FlashSaleSpec;
  /** True where the FlashSale's status describes this occurrence. */
  readonly isShown?: true;
  /** What is told of the dates of its recurring sale, in a sentence; absent for a single sale. */
  readonly series?: string;
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms; the effective end, earlier than stated when the sale was cancelled. */
  readonly end: number;
  /** Epoch ms: start − the wave of writes − the longest lead time of the targets reached. */
  readonly prescaleTime: number;
  /** Epoch ms of the highest P50 at the entry points; absent without a forecast. */
  readonly peakTime?: number;
  /** That minute as a percentage of the same minute without any sale. */
  readonly peakPercent?: number;
  /** The sale's own part at the entry points where other sales overlap it; absent when it runs alone. */
  readonly together?: OwnPart;
  /** What that peak is planned from, in a sentence: what was stated, what past sales did, up to where it is safe. */
  readonly peakBasis?: string;
  /** How far above that peak demand may go, why, and what would narrow that, in a sentence. */
  readonly peakRange?: string;
  readonly extraReplicas: number;
  /**
   * `Past` only serves as history; `Ahead` before prescaleTime; `Prescaling` until the start; `Running`; `Over` until
   * restored and reviewed.
   */
  readonly stage: 'Past' | 'Ahead' | 'Prescaling' | 'Running' | 'Over';
  readonly mode: Mode;
  /** Names of the targets where its traffic enters. */
  readonly entryPoints: readonly string[];
  readonly targets: readonly PlannedTarget[];
  /** Demand forecast over the sale by target, with all sales that overlap it; to be shown, never kept. */
  readonly curves?: ReadonlyMap<string, Curve>;
  /** The limits that the sale meets, those that bind first; to be shown, never kept. Absent once it is over. */
  readonly limits?: readonly SaleLimit[];
  readonly risks: readonly string[];
  /** All that may leave it short, worst first; the risks are their sentences. Absent once it is over. */
  readonly findings?: readonly SaleFinding[];
  /** The worse of the verdicts of `Feasible` and `CapacityReady`; absent once it is over. */
  readonly verdict?: Verdict;
  /** Conditions of the FlashSale; empty when it was deleted. */
  readonly conditions: readonly ConditionUpdate[];
}

import type { MarkedBounds } from '../api/autoscalers/autoscaler-state.ts';
import type { RaisedObject, ScalingTarget } from '../api/scaling-target.ts';
import type { LiveAutoscaler } from '../kube/resources/read-autoscaler.ts';
import type { ResourceKind } from '../kube/resources/resource-kind.ts';
import type { Plan, TargetPlan } from '../plan/plan.ts';
import type { SalePlanDraft } from './apply-sale-plan.ts';
import type { TargetRecord } from './ledger/change-target.ts';

/** Target as observed: the part of an Observation that is written to. */
export interface ObservedTarget {
  readonly target: ScalingTarget;
  readonly workload: ObservedWorkload | { readonly missing: string };
  readonly autoscalers: readonly ObservedAutoscaler[];
}

export interface ObservedWorkload {
  readonly uid: string;
  readonly replicas: number;
  /** Floor that the ScalingTarget is annotated with where the workload has no HPA. */
  readonly floor?: number;
}

export interface ObservedAutoscaler extends MarkedBounds {
  readonly name: string;
  readonly uid: string;
}

/** Live state of a target's HPA or workload, as read just before the write. */
export type LiveObject =
  | { readonly autoscaler: LiveAutoscaler }
  | { readonly workload: { readonly uid: string; readonly replicas: number } };

export interface ApplyPlanInput {
  readonly plan: Plan;
  readonly targets: readonly ObservedTarget[];
  /** Targets that are being deleted and whose workload or baseline cannot be read. */
  readonly unread: readonly TargetRecord[];
  /** Raised objects that their target refers to no longer. @default none */
  readonly strays?: readonly ObservedStray[] | undefined;
  /** Whether the targets are read again before a write, because their cache is stale. @default false */
  readonly readsTargets?: boolean;
  /** SalePlans to create. */
  readonly newSalePlans: readonly SalePlanDraft[];
  /** Maximum replicas of one target, which nobody in the namespace can lift. */
  readonly cap: number;
  /** Finds the kind by which a workload without an HPA is scaled; undefined when the API server does not serve it. */
  readonly scaleKind: (workload: ScalingTarget['spec']['workloadRef']) => Promise<ResourceKind | undefined>;
  /** Plans the target again with its live state. */
  readonly replan: (target: string, live: LiveObject) => TargetPlan;
}

/** Raised object that its target refers to no longer, as observed. */
export interface ObservedStray {
  readonly raised: RaisedObject;
  readonly autoscaler?: ObservedAutoscaler;
  /** True when the HPA scales a workload that is not there. */
  readonly isIdle?: true;
  readonly workload?: ObservedWorkload;
}

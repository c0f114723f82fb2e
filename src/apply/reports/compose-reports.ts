import type { ConditionUpdate } from '../../api/condition.ts';
import type { FlashSale } from '../../api/flash-sale.ts';
import type { SalePlan, SalePlanStatus } from '../../api/sale-plan.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { flashSales, type ResourceKind, salePlans, scalingTargets } from '../../kube/resources/resource-kind.ts';
import type { Plan, TargetPlan } from '../../plan/plan.ts';
import { announcedOutlook, planNames } from '../announced-outlook.ts';
import type { Applied, AppliedWrite } from '../applied.ts';
import { inTurns } from '../in-turns.ts';
import { composeAlone } from './compose-alone.ts';
import { type ComposedStatus, type LearnedStatus, salePlanStatus, saleStatus, targetStatus } from './compose-status.ts';
import { conditionsAfterWrite } from './conditions-after-write.ts';
import { writeOf } from './write-of-target.ts';

/** Input for the statuses and Events of one namespace after its plan was applied. */
export interface ReportsInput {
  readonly plan: Plan;
  readonly applied: Applied;
  readonly sales: readonly FlashSale[];
  readonly targets: readonly TargetReport[];
  readonly salePlans: readonly SalePlanReport[];
  /** All SalePlans of the namespace. */
  readonly records: readonly SalePlan[];
  /** Objects that only receive a status: the policy, refused sales, unreadable objects. */
  readonly others: readonly OtherReport[];
}

/** A target, and what was learned of it that its status keeps. */
export interface TargetReport {
  readonly target: ScalingTarget;
  readonly learned?: LearnedStatus;
}

/** SalePlan with its updated content and its conditions. */
export interface SalePlanReport {
  readonly salePlan: SalePlan;
  readonly updated: Pick<SalePlanStatus, 'plan' | 'edits' | 'saleGoneSince' | 'timeline' | 'review'>;
  readonly conditions: readonly ConditionUpdate[];
  /** True when the status must be stored now: a new revision, a batch of the timeline, the review. */
  readonly isNews: boolean;
}

export interface OtherReport {
  readonly kind: ResourceKind;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid?: string | undefined;
    readonly generation?: number | undefined;
    readonly resourceVersion?: string | undefined;
  };
  readonly composed: ComposedStatus;
}

/** Status of one object, as it is and as it should be. */
export interface Report extends OtherReport {
  /** See StatusInput. */
  readonly isNews?: boolean;
  /** See StatusInput. */
  readonly isConditional?: boolean;
}

/** Composes the statuses of one namespace in turns; where one cannot be composed, its failed write stands in for it. */
export async function composeReports(input: ReportsInput): Promise<readonly (Report | AppliedWrite)[]> {
  const { plan, applied, sales, targets } = input;
  const names = planNames(plan, applied, input.records);
  const compose: readonly (() => readonly (Report | AppliedWrite)[])[] = [
    ...input.salePlans.map(
      report => () => composeAlone(salePlans, report.salePlan, () => [reportSalePlan(report, plan.now)]),
    ),
    ...targets.map(
      report => () => composeAlone(scalingTargets, report.target, () => reportTarget(report, plan, applied)),
    ),
    ...sales.map(
      sale => () => composeAlone(flashSales, sale, () => reportSale(sale, plan, names.get(sale.metadata.name) ?? [])),
    ),
  ];
  return [...(await inTurns(compose, one => one())).flat(), ...input.others];
}

/**
 * Builds the report of a SalePlan. Its status extends the previous one, so the write is valid only for the version that
 * was read.
 */
function reportSalePlan({ salePlan, updated, conditions, isNews }: SalePlanReport, now: number): Report {
  const { name, namespace, uid, resourceVersion } = salePlan.metadata;
  const composed = salePlanStatus(salePlan, updated, conditions, now);
  return {
    kind: salePlans,
    metadata: { name, namespace, uid, resourceVersion },
    composed,
    isNews,
    isConditional: true,
  };
}

function reportTarget({ target, learned }: TargetReport, plan: Plan, applied: Applied): readonly Report[] {
  const planned = plan.targets.find(candidate => candidate.target === target.metadata.name);
  if (planned === undefined) return [];
  const write = writeOf(target, applied, planned.autoscaler);
  const decided = write?.decided ?? planned;
  const conditions = conditionsAfterWrite(decided, write);
  const { name, namespace, uid, resourceVersion } = target.metadata;
  return [
    {
      kind: scalingTargets,
      metadata: { name, namespace, uid, resourceVersion },
      composed: targetStatus(target, decided, { conditions, ...(learned && { learned }) }, plan.now),
      isNews: isChangeUntold(target, decided, write),
    },
  ];
}

/**
 * Returns whether the bounds were just changed, or were changed before a restart and the status does not show it yet;
 * such a status is written at once.
 */
function isChangeUntold(
  { status }: ScalingTarget,
  { floor, change }: TargetPlan,
  write: AppliedWrite | undefined,
): boolean {
  return write?.outcome === 'Written' || (change === undefined && status !== undefined && status.floor !== floor);
}

function reportSale(sale: FlashSale, plan: Plan, names: readonly string[]): readonly Report[] {
  const outlook = announcedOutlook(sale, plan.sales);
  if (outlook === undefined) return [];
  const { name, namespace, uid, resourceVersion } = sale.metadata;
  const composed = saleStatus(sale, outlook, names, plan.now);
  return [{ kind: flashSales, metadata: { name, namespace, uid, resourceVersion }, composed }];
}

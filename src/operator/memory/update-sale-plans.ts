import type { Series } from '../../../forecasts/index.ts';
import { formatInstant } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import { ownValue } from '../../api/names/own-value.ts';
import type { AcceptedEdit, SalePlan, SalePlanReview } from '../../api/sale-plan.ts';
import type { SalePlanReport } from '../../apply/apply-reports.ts';
import type { SalePlanDraft } from '../../apply/apply-sale-plan.ts';
import type { DemandHistory } from '../../observe/demand-history.ts';
import type { Observation } from '../../observe/observation.ts';
import { recordEdit } from '../../plan/accepted-edits.ts';
import { salePlanConditions } from '../../plan/conditions/sale-plan-conditions.ts';
import { forecastOrdinary } from '../../plan/demand/forecast-ordinary.ts';
import type { Plan, SaleOutlook } from '../../plan/plan.ts';
import { revisePlan } from '../../plan/revise-plan.ts';
import { isReviewDue, reviewSale } from '../../review/review-sale.ts';
import type { FittedTargets } from './fitted-demand.ts';
import type { SaleTimelines } from './sale-timelines.ts';

/** Returns the missing SalePlans: one per announced occurrence that is not over. */
export function newSalePlans(observation: Observation, plan: Plan): readonly SalePlanDraft[] {
  const known = new Set(observation.salePlans.map(({ metadata }) => metadata.name));
  return plan.sales
    .filter(({ stage, salePlan }) => isToCome(stage) && !known.has(salePlan))
    .flatMap(outlook => {
      const sale = observation.sales.find(({ metadata }) => metadata.name === outlook.sale);
      if (sale === undefined) return [];
      const { name, uid = '' } = sale.metadata;
      return [{ name: outlook.salePlan, namespace: observation.namespace, sale: { name, uid, spec: sale.spec } }];
    });
}

/** Inputs of SalePlans besides the observation and the plan. */
export interface Memory {
  readonly fitted: FittedTargets;
  readonly history: Pick<DemandHistory, 'read'>;
  readonly timelines: SaleTimelines;
}

/**
 * Returns the current content of each SalePlan: its plan until the sale is over, the record of what happened, then the
 * review.
 */
export function updateSalePlans(observation: Observation, plan: Plan, memory: Memory): readonly SalePlanReport[] {
  return observation.salePlans.flatMap(salePlan => {
    const outlook = plan.sales.find(candidate => candidate.salePlan === salePlan.metadata.name);
    return outlook === undefined ? [] : [updateSalePlan(salePlan, outlook, { observation, plan, memory })];
  });
}

interface UpdateContext {
  readonly observation: Observation;
  readonly plan: Plan;
  readonly memory: Memory;
}

function updateSalePlan(salePlan: SalePlan, outlook: SaleOutlook, context: UpdateContext): SalePlanReport {
  const { observation, plan, memory } = context;
  const { status } = salePlan;
  const revised = isToCome(outlook.stage) ? revisePlan(outlook, status?.plan, plan.now) : status?.plan;
  const edits = isToCome(outlook.stage) ? editsOf(salePlan, outlook, observation) : status?.edits;
  const goneSince = isToCome(outlook.stage) ? sinceOf(outlook) : status?.saleGoneSince;
  const record = memory.timelines.extend(salePlan, observation, plan, outlook);
  const isReviewed = isReviewDue(outlook, observation.targets, plan.now);
  const isStored = record.isDue || isReviewed;
  const timeline = isStored ? record.timeline.map(one => ({ ...one, points: [...one.points] })) : undefined;
  const review = isReviewed ? reviewOf(salePlan, outlook, record.timeline, context) : undefined;
  return {
    salePlan,
    updated: {
      ...(revised === undefined ? {} : { plan: revised }),
      ...(edits === undefined ? {} : { edits: [...edits] }),
      ...(goneSince === status?.saleGoneSince ? {} : { saleGoneSince: goneSince }),
      ...(timeline === undefined ? {} : { timeline }),
      ...(review === undefined ? {} : { review }),
    },
    conditions: salePlanConditions(salePlan, outlook, isReviewed || status?.review !== undefined),
    isNews:
      isStored ||
      edits !== status?.edits ||
      goneSince !== status?.saleGoneSince ||
      revised?.revision !== status?.plan?.revision,
  };
}

function sinceOf({ gone }: SaleOutlook): string | undefined {
  return gone === undefined ? undefined : formatInstant(gone.since);
}

/** The accepted edits of the FlashSale, while it announces this occurrence; else those recorded. */
function editsOf(
  record: SalePlan,
  { announced }: SaleOutlook,
  { now, salePlans }: Observation,
): readonly AcceptedEdit[] | undefined {
  if (announced === undefined) return record.status?.edits;
  const others = salePlans.filter(other => other !== record && other.spec.sale.name === record.spec.sale.name);
  return recordEdit({ record, spec: announced, others, now });
}

/** Reviews forecast against measured demand, from the first raise to the end. */
function reviewOf(
  salePlan: SalePlan,
  outlook: SaleOutlook,
  timeline: ReturnType<SaleTimelines['extend']>['timeline'],
  { observation, plan, memory }: UpdateContext,
): SalePlanReview {
  const { start, end, prescaleTime, entryPoints } = outlook;
  const actuals = Object.fromEntries(
    observation.targets.flatMap(({ target, demand }): [string, Series | undefined][] =>
      isMissing(demand)
        ? []
        : [[target.metadata.name, memory.history.read(demand.historyKey, Math.min(prescaleTime, start), end)]],
    ),
  );
  const bases = Object.fromEntries(
    entryPoints.map(name => [name, baseOf(name, { start, end }, { observation, plan, memory })]),
  );
  const recorded = {
    ...salePlan,
    status: { ...salePlan.status, timeline: timeline.map(one => ({ ...one, points: [...one.points] })) },
  };
  return reviewSale({ now: plan.now, salePlan: recorded, outlook, targets: observation.targets, actuals, bases });
}

/** Returns the demand that an entry point would have had without the sale. */
function baseOf(
  name: string,
  window: { start: number; end: number },
  { observation, memory }: UpdateContext,
): Series | undefined {
  const fitted = ownValue(memory.fitted, name);
  const observed = observation.targets.find(({ target }) => target.metadata.name === name);
  if (fitted === undefined || isMissing(fitted) || observed === undefined) return undefined;
  return forecastOrdinary(fitted, { ...window, stepSeconds: observed.target.spec.demand.stepSeconds });
}

function isToCome(stage: SaleOutlook['stage']): boolean {
  return stage === 'Ahead' || stage === 'Prescaling' || stage === 'Running';
}

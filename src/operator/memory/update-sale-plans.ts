import type { Series } from '../../../forecasts/index.ts';
import { callGraph } from '../../api/call-graph.ts';
import type { FlashSaleSpec } from '../../api/flash-sale.ts';
import { formatInstant, formatInZone } from '../../api/instant.ts';
import type { SalePlanReview } from '../../api/learned/sale-review.ts';
import { isMissing } from '../../api/missing.ts';
import type { AcceptedEdit, SalePlan } from '../../api/sale-plan.ts';
import { isSameSeries } from '../../api/series/recurring-sale.ts';
import type { SalePlanDraft } from '../../apply/apply-sale-plan.ts';
import type { SalePlanReport } from '../../apply/reports/compose-reports.ts';
import type { DemandHistory } from '../../observe/demand-history.ts';
import type { Observation } from '../../observe/observation.ts';
import { recordEdit, statedSpec } from '../../plan/accepted-edits.ts';
import { salePlanConditions } from '../../plan/conditions/sale-plan-conditions.ts';
import { targetCosts } from '../../plan/cost/target-costs.ts';
import type { Plan, SaleOutlook } from '../../plan/plan.ts';
import { revisePlan } from '../../plan/revise-plan.ts';
import { reviewSale } from '../../review/review-sale.ts';
import type { SaleBases } from './read-bases.ts';
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
      const recorded = { name, uid, spec: sale.spec, ...occurrenceOf(sale.spec, outlook) };
      return [{ name: outlook.salePlan, namespace: observation.namespace, sale: recorded }];
    });
}

/** The times of a date of a recurring sale, which its spec does not have. */
function occurrenceOf(
  { recurrence, timeZone }: FlashSaleSpec,
  { start, end }: SaleOutlook,
): Pick<SalePlanDraft['sale'], 'occurrence'> {
  if (recurrence === undefined) return {};
  return { occurrence: { startTime: formatInZone(start, timeZone), endTime: formatInZone(end, timeZone) } };
}

/** Inputs of SalePlans besides the observation and the plan. */
export interface Memory {
  /** Demand without the sale, by SalePlan, of the sales that can be reviewed now. */
  readonly bases: ReadonlyMap<string, SaleBases>;
  readonly history: Pick<DemandHistory, 'read'>;
  readonly timelines: SaleTimelines;
}

/**
 * Returns the current content of each SalePlan: its plan until the sale is over, the record of what happened, then the
 * review.
 */
export function updateSalePlans(observation: Observation, plan: Plan, memory: Memory): readonly SalePlanReport[] {
  const outlooks = new Map(plan.sales.map(outlook => [outlook.salePlan, outlook]));
  return observation.salePlans.flatMap(salePlan => {
    const outlook = outlooks.get(salePlan.metadata.name);
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
  const bases = memory.bases.get(outlook.salePlan);
  const isReviewed = bases !== undefined;
  const isStored = record.isDue || isReviewed;
  const timeline = isStored ? record.timeline.map(one => ({ ...one, points: [...one.points] })) : undefined;
  const review = bases === undefined ? undefined : reviewOf(salePlan, outlook, record.timeline, { ...context, bases });
  return {
    salePlan,
    updated: {
      ...(revised === undefined ? {} : { plan: revised }),
      ...(edits === undefined ? {} : { edits: [...edits] }),
      ...(goneSince === status?.saleGoneSince ? {} : { saleGoneSince: goneSince }),
      ...(timeline === undefined ? {} : { timeline }),
      ...(review === undefined ? {} : { review }),
    },
    conditions: salePlanConditions(outlook, isReviewed || status?.review !== undefined),
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
  const others = salePlans.filter(
    other =>
      other !== record && other.spec.sale.name === record.spec.sale.name && !isSameSeries(statedSpec(other), announced),
  );
  return recordEdit({ record, spec: announced, others, now });
}

/** Reviews forecast against measured demand, from the first raise to the end. */
function reviewOf(
  salePlan: SalePlan,
  outlook: SaleOutlook,
  timeline: ReturnType<SaleTimelines['extend']>['timeline'],
  { observation, plan, memory, bases }: UpdateContext & { readonly bases: SaleBases },
): SalePlanReview {
  const { start, end, prescaleTime } = outlook;
  const actuals = Object.fromEntries(
    observation.targets.flatMap(({ target, demand }): [string, Series | undefined][] =>
      isMissing(demand)
        ? []
        : [[target.metadata.name, memory.history.read(demand.historyKey, Math.min(prescaleTime, start), end)]],
    ),
  );
  const recorded = {
    ...salePlan,
    status: { ...salePlan.status, timeline: timeline.map(one => ({ ...one, points: [...one.points] })) },
  };
  const { targets } = observation;
  const costs = targetCosts(observation, callGraph(targets.map(({ target }) => target)));
  return reviewSale({ now: plan.now, salePlan: recorded, outlook, targets, actuals, bases, costs });
}

function isToCome(stage: SaleOutlook['stage']): boolean {
  return stage === 'Ahead' || stage === 'Prescaling' || stage === 'Running';
}

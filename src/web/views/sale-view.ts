import type { Condition } from '../../api/condition.ts';
import { parseInstant } from '../../api/instant.ts';
import type { SalePlanReview } from '../../api/learned/sale-review.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import { plannedTimes } from '../../api/series/planned-times.ts';
import { readable } from '../../observe/namespace-objects.ts';
import type { SaleLimit } from '../../plan/plan.ts';
import type { PageSource } from '../page-source.ts';
import { type CallGraphView, callGraphOf } from './call-graph-view.ts';
import { rowOfPlan, rowOfSale, type SaleRow } from './sale-row.ts';
import { type Drawn, type SaleService, saleServices } from './sale-services.ts';

/** One sale with its plan, its reasons and its record. Times are epoch ms. */
export interface SaleView extends SaleRow {
  readonly asOf: number;
  readonly conditions: readonly Condition[];
  /** What the peak is planned from, in a sentence. */
  readonly peakBasis?: string;
  /** How far above that peak demand may go, why, and what would narrow that. */
  readonly peakRange?: string;
  readonly risks: readonly string[];
  readonly revision?: number;
  readonly madeAt?: number;
  readonly services: readonly SaleService[];
  /** Services that the SalePlan has no room for. */
  readonly servicesLeftOut: number;
  readonly calls: CallGraphView;
  /** The limits that the sale meets, those that bind first; absent where this replica does not plan it. */
  readonly limits?: readonly SaleLimit[];
  readonly past: readonly EarlierSale[];
  readonly edits: readonly SaleEdit[];
  readonly approvedBy?: string;
  readonly review?: SalePlanReview;
}

/** An earlier sale of the same name, measured from its own start. */
export interface EarlierSale {
  readonly salePlan: string;
  readonly start: number;
  readonly suggestedPercent?: number;
  /** Minutes from its start, and the demand of its first service, in requests per second. */
  readonly minutes: readonly number[];
  readonly demand: readonly (number | null)[];
}

export interface SaleEdit {
  readonly acceptedAt: number;
  readonly startTime: string;
  readonly endTime: string;
  readonly statedPercent?: number;
}

/** Most earlier sales that are laid over each other. */
const mostPast = 6;

/** Makes the view of a SalePlan, or of a FlashSale without one, by name; undefined where there is neither. */
export function saleView(
  source: PageSource,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  drawn: Drawn = 'All',
): SaleView | undefined {
  const now = source.now();
  const objects = source.read(namespace);
  const plans = readable(objects.salePlans);
  const plan = plans.find(({ metadata }) => metadata.name === name) ?? nextPlan(plans, name, now);
  const sale = readable(objects.sales).find(({ metadata }) => metadata.name === (plan?.spec.sale.name ?? name));
  const targets = readable(objects.targets);
  const conditions = sale?.status?.conditions ?? [];
  const calls = callGraphOf(targets, plan?.status?.plan?.targets ?? []);
  const empty = { asOf: now, conditions, risks: [], services: [], servicesLeftOut: 0, calls, past: [], edits: [] };
  if (plan === undefined) return sale && { ...rowOfSale(sale, now), ...empty };
  const recorded = plan.status?.plan;
  const row = rowOfPlan(plan, sale, now);
  const isOpen = row.stage === 'Coming' || row.stage === 'Running';
  const outlook = isOpen ? source.outlook(namespace, plan.metadata.name) : undefined;
  return {
    ...row,
    ...empty,
    ...(recorded === undefined
      ? {}
      : { risks: recorded.risks, revision: recorded.revision, madeAt: parseInstant(recorded.madeAt) }),
    ...(recorded?.peakBasis === undefined ? {} : { peakBasis: recorded.peakBasis }),
    ...(recorded?.peakRange === undefined ? {} : { peakRange: recorded.peakRange }),
    ...(outlook?.limits === undefined ? {} : { limits: outlook.limits }),
    services: saleServices({
      plan,
      row,
      outlook,
      observed: source.newest(namespace)?.observation.targets ?? [],
      drawn,
    }),
    servicesLeftOut: (recorded?.furtherTargets?.length ?? 0) + (recorded?.targetsLeftOut ?? 0),
    past: plans
      .filter(other => other.spec.sale.name === plan.spec.sale.name && startOf(other) < row.start)
      .sort((a, b) => startOf(b) - startOf(a))
      .slice(0, mostPast)
      .map(pastOf),
    edits: (plan.status?.edits ?? []).map(editOf),
    ...(plan.spec.approval === undefined ? {} : { approvedBy: plan.spec.approval.approvedBy }),
    ...(plan.status?.review === undefined ? {} : { review: plan.status.review }),
  };
}

/** The plan of a FlashSale that runs or comes next, else its newest. */
function nextPlan(plans: readonly SalePlan[], sale: string, now: number): SalePlan | undefined {
  const own = plans.filter(({ spec }) => spec.sale.name === sale).sort((a, b) => startOf(a) - startOf(b));
  return own.find(plan => rowOfPlan(plan, undefined, now).end > now) ?? own.at(-1);
}

function startOf(plan: SalePlan): number {
  return parseInstant(plannedTimes(plan).startTime);
}

function pastOf(plan: SalePlan): EarlierSale {
  const start = startOf(plan);
  const points = plan.status?.timeline?.[0]?.points ?? [];
  const suggested = plan.status?.review?.suggestedPeakPercent;
  return {
    salePlan: plan.metadata.name,
    start,
    ...(suggested === undefined ? {} : { suggestedPercent: suggested }),
    minutes: points.map(({ t }) => Math.round((parseInstant(t) - start) / 60_000)),
    demand: points.map(({ demand }) => demand ?? null),
  };
}

function editOf({
  acceptedAt,
  spec,
}: {
  readonly acceptedAt: string;
  readonly spec: SalePlan['spec']['sale']['spec'];
}): SaleEdit {
  return {
    acceptedAt: parseInstant(acceptedAt),
    startTime: spec.startTime,
    endTime: spec.endTime,
    ...(spec.expectedPeakPercent === undefined ? {} : { statedPercent: spec.expectedPeakPercent }),
  };
}

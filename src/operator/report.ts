import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Event } from '../../forecasts/index.ts';
import type { Applied, AppliedWrite } from '../apply/applied.ts';
import type { ApplyContext } from '../apply/apply-context.ts';
import { applyReports } from '../apply/reports/apply-reports.ts';
import type { DemandHistory } from '../observe/demand-history.ts';
import type { PolicyRecord } from '../observe/namespace-objects.ts';
import type { Observation } from '../observe/observation.ts';
import type { Occurrence } from '../plan/accept/occurrence.ts';
import { dueNotices } from '../plan/notices/due-notices.ts';
import type { Plan } from '../plan/plan.ts';
import type { KeptForecasts } from './forecasting/kept-forecasts.ts';
import type { KeptAccuracy } from './memory/kept-accuracy.ts';
import { learnedStatus } from './memory/learned-status.ts';
import { readBases } from './memory/read-bases.ts';
import type { SaleTimelines } from './memory/sale-timelines.ts';
import { updateSalePlans } from './memory/update-sale-plans.ts';
import type { Notifier } from './notify/notifier.ts';
import { otherReports } from './other-reports.ts';
import { reportScope } from './report-scope.ts';

/** What reports are made and written with. */
export interface ReportContext {
  readonly apply: Omit<ApplyContext, 'signal'>;
  readonly forecasts: Pick<KeptForecasts, 'piece'>;
  readonly history: Pick<DemandHistory, 'read'>;
  readonly timelines: SaleTimelines;
  /** Judges the forecasts of late; absent where there is no thread that could do so beside all else. */
  readonly accuracy?: Pick<KeptAccuracy, 'judge' | 'ordinaryWeeks'>;
  /** Sends notices; absent where nothing is written. */
  readonly notifier?: Pick<Notifier, 'offer'>;
}

/** What a reconcile has planned and applied. */
export interface AppliedPlan {
  readonly observation: Observation;
  readonly plan: Plan;
  readonly applied: Applied;
  readonly policies: readonly PolicyRecord[];
  /** All dates of all sales. */
  readonly occurrences: readonly Occurrence[];
  /** All sales that reach each target, by its name. */
  readonly events: ReadonlyMap<string, readonly Event[]>;
}

/** Milliseconds after its end for which a sale, reviewed or not, is kept out of what ordinary load teaches. */
const lookBackMs = 86_400_000;

/**
 * Reviews what is over and reports a reconcile in SalePlans and statuses. It runs beside the reconciles, one at a time for
 * a namespace, so that no raise waits for a report.
 */
export async function report(
  line: ReportContext,
  { observation, plan, applied, policies, occurrences, events }: AppliedPlan,
  signal: AbortSignal,
): Promise<readonly AppliedWrite[]> {
  const context: ApplyContext = { ...line.apply, signal };
  const scope = reportScope(observation);
  await nextTurn();
  const accuracies = line.accuracy?.judge(observation, events);
  const ordinaryWeeks = line.accuracy?.ordinaryWeeks(observation);
  const bases = await readBases(observation, plan, line.forecasts);
  const memory = { bases, history: line.history, timelines: line.timelines };
  const salePlans = scope.revisesSalePlans ? updateSalePlans(observation, plan, memory) : [];
  if (scope.tellsSales && scope.revisesSalePlans)
    line.notifier?.offer(observation.policy.notify?.channel, dueNotices(observation, plan.sales, occurrences));
  await nextTurn();
  const others = scope.tellsSales ? otherReports(observation, plan, policies) : [];
  const { now } = plan;
  const sales = occurrences.filter(({ start, end }) => start <= now && now - lookBackMs < end);
  return applyReports(context, {
    plan,
    applied,
    sales: scope.tellsSales ? observation.sales : [],
    targets: observation.targets.map(observed => {
      const { target } = observed;
      const { name } = target.metadata;
      const [accuracy, ordinaryPeaks] = [accuracies?.get(name), ordinaryWeeks?.get(name)];
      const learned = learnedStatus(observed, { now, sales }, observation.targets);
      const judged = {
        ...(accuracy === undefined ? {} : { accuracy }),
        ...(ordinaryPeaks === undefined ? {} : { ordinaryPeaks }),
      };
      return { target, learned: { ...learned, ...judged } };
    }),
    salePlans,
    records: observation.salePlans,
    others,
  });
}

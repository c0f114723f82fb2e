import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Event } from '../../../forecasts/index.ts';
import type { AppliedWrite } from '../../apply/applied.ts';
import type { ApplyContext } from '../../apply/apply-context.ts';
import { createSalePlan } from '../../apply/apply-sale-plan.ts';
import { applyReports } from '../../apply/reports/apply-reports.ts';
import { composeReports, type Report } from '../../apply/reports/compose-reports.ts';
import { writeEach } from '../../apply/write-each.ts';
import type { DemandHistory } from '../../observe/demand-history.ts';
import { aheadWindow, planForecastWindows } from '../../plan/demand/plan-forecast-windows.ts';
import { namespaceFloors } from '../../plan/floor/namespace-floors.ts';
import { dueNotices } from '../../plan/notices/due-notices.ts';
import type { ObjectConditions, Plan, SaleOutlook } from '../../plan/plan.ts';
import { planNamespace } from '../../plan/plan-namespace.ts';
import type { KeptForecasts } from '../forecasting/kept-forecasts.ts';
import type { SaleTimelines } from '../memory/sale-timelines.ts';
import { newSalePlans, updateSalePlans } from '../memory/update-sale-plans.ts';
import type { Notifier } from '../notify/notifier.ts';
import { otherReports } from '../other-reports.ts';
import { type PlannedBlock, planBlock } from './plan-block.ts';
import type { Looked } from './sale-inputs.ts';

/** What plans of sales ahead are made with, and written by. */
export interface AheadContext {
  readonly forecasts: KeptForecasts;
  readonly history: Pick<DemandHistory, 'read'>;
  readonly timelines: SaleTimelines;
  /** Sends notices; absent where nothing is written. */
  readonly notifier?: Pick<Notifier, 'offer'>;
  readonly apply: Omit<ApplyContext, 'signal'>;
}

/** Targets × sales that are planned in one go: some milliseconds. */
const partsAtOnce = 240;

/** Plans some sales that are not current, a few at a time, letting all other work have its turn in between. */
export async function planAhead(
  line: Pick<AheadContext, 'forecasts'>,
  looked: Looked & { readonly events: ReadonlyMap<string, readonly Event[]> },
  names: readonly string[],
  signal: AbortSignal,
): Promise<PlannedBlock> {
  const { observation, accepted, events } = looked;
  const windows = planForecastWindows(observation, accepted, new Set(names)).filter(({ id }) => id !== aheadWindow);
  const forecasts = await orAborted(line.forecasts.once({ observation, windows, events }), signal);
  const outlooks: SaleOutlook[] = [];
  const aside: ObjectConditions[] = [];
  const atOnce = Math.max(1, Math.floor(partsAtOnce / Math.max(1, observation.targets.length)));
  for (let first = 0; first < names.length; first += atOnce) {
    await nextTurn();
    signal.throwIfAborted();
    const only = new Set(names.slice(first, first + atOnce));
    const planned = planBlock(looked, each => planNamespace(namespaceFloors({ ...each, forecasts, only })));
    outlooks.push(...planned.sales);
    aside.push(...planned.aside);
  }
  return { sales: outlooks, aside };
}

/** What was written of some sales that are not current, and the statuses that can wait. */
export interface AheadReport {
  readonly writes: readonly AppliedWrite[];
  readonly statuses: readonly Report[];
}

/** Writes the SalePlans of some sales that are not current, and composes the statuses of their FlashSales. */
export async function reportAhead(
  line: AheadContext,
  { observation, accepted }: Looked,
  { sales, aside }: PlannedBlock,
  signal: AbortSignal,
): Promise<AheadReport> {
  const { now, namespace } = observation;
  const context: ApplyContext = { ...line.apply, signal };
  const plan: Plan = { now, namespace, targets: [], sales, others: aside, next: now };
  const created = await writeEach(newSalePlans(observation, plan), draft => createSalePlan(context, draft));
  await nextTurn();
  line.notifier?.offer(observation.policy.notify?.channel, dueNotices(observation, sales, accepted.occurrences));
  const planned = new Set(sales.map(({ sale }) => sale));
  const salePlans = updateSalePlans(observation, plan, {
    bases: new Map(),
    history: line.history,
    timelines: line.timelines,
  });
  const about = {
    plan,
    applied: { now, dryRun: context.dryRun, writes: created },
    targets: [],
    records: observation.salePlans,
  };
  const revised = await applyReports(context, { ...about, sales: [], salePlans, others: [] });
  const composed = await composeReports({
    ...about,
    sales: observation.sales.filter(({ metadata }) => planned.has(metadata.name)),
    salePlans: [],
    others: otherReports(observation, plan, []),
  });
  const statuses = composed.flatMap(one => ('outcome' in one ? [] : [one]));
  const uncomposed = composed.flatMap(one => ('outcome' in one ? [one] : []));
  return { writes: [...created, ...revised, ...uncomposed], statuses };
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

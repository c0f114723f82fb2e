import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../api/clock.ts';
import type { AppliedWrite } from '../apply/applied.ts';
import type { ApplyContext } from '../apply/apply-context.ts';
import { applyPlan } from '../apply/apply-plan.ts';
import { tellRooms } from '../apply/apply-rooms.ts';
import { tellUnrecorded } from '../apply/ledger/tell-unrecorded.ts';
import { recordWrites } from '../apply/reports/apply-reports.ts';
import type { WriteMemory } from '../apply/write-memory.ts';
import type { LookAtGuard } from '../observe/approval-guard.ts';
import type { DemandHistory } from '../observe/demand-history.ts';
import type { ApiLooks } from '../observe/first/looks-beside.ts';
import type { PolicyRecord } from '../observe/namespace-objects.ts';
import type { Limits, Observation } from '../observe/observation.ts';
import { type FindWorkload, observeNamespace } from '../observe/observe-namespace.ts';
import type { RaisesElsewhere } from '../observe/raises-elsewhere.ts';
import type { LookAtSchemas } from '../observe/schemas/look-at-schemas.ts';
import { setAsideFailing } from '../observe/set-aside-failing.ts';
import type { ClusterWatch } from '../observe/watch-cluster.ts';
import type { LookAtRights } from '../observe/workloads/look-at-rights.ts';
import { type AcceptedNamespace, acceptNamespace } from '../plan/accept/accept-namespace.ts';
import { currentSales, nextCurrent } from '../plan/accept/current-sales.ts';
import { describeUnrecorded } from '../plan/conditions/unrecorded.ts';
import type { DemandForecasts } from '../plan/demand/demand-forecasts.ts';
import { planForecastWindows } from '../plan/demand/plan-forecast-windows.ts';
import { saleEventsByTarget } from '../plan/demand/sale-events.ts';
import { type NamespaceFloors, namespaceFloors } from '../plan/floor/namespace-floors.ts';
import type { Plan } from '../plan/plan.ts';
import { planNamespace } from '../plan/plan-namespace.ts';
import type { AheadSales } from './ahead/ahead-sales.ts';
import type { KeptForecasts } from './forecasting/kept-forecasts.ts';
import type { KeptAccuracy } from './memory/kept-accuracy.ts';
import type { SaleTimelines } from './memory/sale-timelines.ts';
import { unreadRecords } from './memory/unread-records.ts';
import { newSalePlans } from './memory/update-sale-plans.ts';
import type { Notifier } from './notify/notifier.ts';
import { createReplan } from './replan-live.ts';
import { report } from './report.ts';
import { reportScope } from './report-scope.ts';
import type { FindScaleKind } from './scale-kind.ts';
import { writeCap } from './settings/limits.ts';

/** Everything that a reconcile reads from, decides by and writes to. */
export interface ReconcileContext {
  readonly clock: Pick<Clock, 'now'>;
  readonly watch: Pick<ClusterWatch, 'read'>;
  readonly history: DemandHistory;
  readonly findWorkload: FindWorkload;
  readonly lookAtGuard: LookAtGuard;
  /** Looks which fields the served CRDs lack. @default none is known */
  readonly lookAtSchemas?: LookAtSchemas;
  readonly lookAtRights: LookAtRights;
  /** The same looks, for whoever asks before a reconcile: each waits for its answer. @default nothing is asked before */
  readonly looksFirst?: ApiLooks;
  readonly findScaleKind: FindScaleKind;
  readonly forecasts: KeptForecasts;
  /** Plans the sales that are not current. */
  readonly ahead: AheadSales;
  readonly timelines: SaleTimelines;
  readonly accuracy?: KeptAccuracy;
  /** Sends notices; absent where nothing is written. */
  readonly notifier?: Notifier;
  readonly limits: Limits;
  /** Returns our clock minus the API server's, in ms. */
  readonly skewMs: () => number;
  readonly elsewhere: Pick<RaisesElsewhere, 'refresh' | 'seenFrom'>;
  readonly apply: Omit<ApplyContext, 'signal'>;
}

/** Result of one reconcile. */
export interface Reconciled {
  readonly observation: Observation;
  readonly plan: Plan;
  readonly writes: readonly AppliedWrite[];
  /** Reviews what is over, and writes SalePlans and statuses; resolves with these writes. */
  readonly report: (signal: AbortSignal) => Promise<readonly AppliedWrite[]>;
}

/**
 * Reconciles one namespace: observe, forecast, plan, apply; review and report are left to `report`, which nothing waits
 * for. It reads all inputs anew, so any leading replica may call it at any time and any number of times. It plans the
 * current sales; the others are planned apart from it, when their inputs change. Between its stages all other work of the
 * thread has its turn, also where nothing has to be waited for.
 *
 * @throws what makes the whole namespace unreadable; a single bad object is reported in the plan instead
 */
export async function reconcile(line: ReconcileContext, namespace: string, signal: AbortSignal): Promise<Reconciled> {
  const now = line.clock.now();
  const objects = line.watch.read(namespace, now);
  const prunedFields = (await line.lookAtSchemas?.(now, signal)) ?? [];
  const seen = await observeNamespace({
    now,
    namespace,
    objects,
    limits: line.limits,
    clockSkewMs: line.skewMs(),
    elsewhere: line.elsewhere.seenFrom(namespace, line.skewMs()),
    demand: line.history,
    stock: line.history,
    findWorkload: line.findWorkload,
    lookAtGuard: line.lookAtGuard,
    lookAtRights: line.lookAtRights,
    signal,
  });
  const observed = prunedFields.length === 0 ? seen : { ...seen, prunedFields };

  await nextTurn();
  const asked = setAsideFailing(observed, askFor);
  const { windows, events } = asked.planned;
  await nextTurn();
  const forecasts = await line.forecasts.keep({ observation: asked.observation, windows, events });
  await nextTurn();
  const { observation, planned } = setAsideFailing(asked.observation, rest =>
    planFrom(rest, rest === asked.observation ? asked.planned : askFor(rest), forecasts),
  );
  const { accepted, floors, plan } = planned;

  await nextTurn();
  signal.throwIfAborted();
  const context: ApplyContext = { ...line.apply, signal };
  const { targets } = observation;
  const scope = reportScope(observation);
  const applied = await applyPlan(context, {
    plan,
    targets,
    unread: unreadRecords(observation),
    strays: observation.strays,
    readsTargets: scope.readsTargets,
    newSalePlans: scope.createsSalePlans ? newSalePlans(observation, plan) : [],
    cap: writeCap(line.limits, observation.policy),
    scaleKind: line.findScaleKind,
    replan: createReplan(floors),
  });
  recordWrites(context, { plan, applied, targets });
  tellRooms(context, plan, { writes: applied.writes, targets: targets.map(({ target }) => target) });
  const unrecorded = (observation.unrecorded ?? []).map(raise => ({ ...raise, note: describeUnrecorded(raise) }));
  tellUnrecorded(context, namespace, unrecorded);

  forgetGone({ writes: context.memory, timelines: line.timelines }, observation, objects.policies);
  line.history.forgetUnasked(observation.now);
  if (scope.revisesSalePlans && scope.tellsSales) line.ahead.look({ observation, accepted, events });
  const { occurrences } = accepted;
  const done = { observation, plan, applied, policies: objects.policies, occurrences, events };
  return { observation, plan, writes: applied.writes, report: later => report(line, done, later) };
}

/** What is planned now, and the forecasts that it needs. */
function askFor(observation: Observation) {
  const accepted = acceptNamespace(observation);
  const current = currentSales(accepted, observation);
  const windows = planForecastWindows(observation, accepted, current);
  return { accepted, current, windows, events: saleEventsByTarget(accepted) };
}

function planFrom(
  observation: Observation,
  { accepted, current }: ReturnType<typeof askFor>,
  forecasts: DemandForecasts,
): { readonly accepted: AcceptedNamespace; readonly floors: NamespaceFloors; readonly plan: Plan } {
  const floors = namespaceFloors({ observation, accepted, forecasts, only: current });
  const plan = planNamespace(floors);
  return { accepted, floors, plan: { ...plan, next: Math.min(plan.next, nextCurrent(accepted, observation)) } };
}

/** Memory about objects, except models (dropped with their targets) and samples (dropped with their query). */
export interface ObjectMemory {
  readonly writes: WriteMemory;
  readonly timelines: SaleTimelines;
}

/** Drops the memory of objects that are no longer in the namespace, after all writes of this reconcile. */
export function forgetGone(memory: ObjectMemory, observation: Observation, policies: readonly PolicyRecord[]): void {
  const { namespace, targets, sales, salePlans, unreadable } = observation;
  const uids = [
    ...[...sales, ...salePlans].map(({ metadata }) => metadata.uid),
    ...unreadable.map(({ uid }) => uid),
    ...(observation.unrecorded ?? []).map(({ uid }) => uid),
    ...(observation.strays ?? []).map(({ raised }) => raised.uid),
    ...(observation.placeholders ?? []).map(({ uid }) => uid),
    ...policies.map(({ raw }) => raw.metadata?.uid),
    ...targets.flatMap(({ target, workload, autoscalers }) => [
      target.metadata.uid,
      ...('uid' in workload ? [workload.uid] : []),
      ...autoscalers.map(({ uid }) => uid),
    ]),
  ];
  memory.writes.keepOnly(namespace, new Set(uids.filter(uid => uid !== undefined)));
  memory.timelines.keepOnly(namespace, new Set(salePlans.map(({ metadata }) => metadata.name)));
}

import { fitDemand } from '../../forecasts/index.ts';
import { WriteMemory } from '../apply/write-memory.ts';
import { WritePace } from '../apply/write-pace.ts';
import type { EventRecorder } from '../kube/events/event-recorder.ts';
import type { ApiWriteBudget } from '../kube/http/api-write-budget.ts';
import { realTiming } from '../kube/timing.ts';
import { createLookAtGuard, readGuard } from '../observe/approval-guard.ts';
import { createDemandHistory } from '../observe/demand-history.ts';
import { looksBeside } from '../observe/first/looks-beside.ts';
import { createMetricSource } from '../observe/metrics/create-metric-source.ts';
import { RaisesElsewhere } from '../observe/raises-elsewhere.ts';
import { createLookAtSchemas, readOpenApi } from '../observe/schemas/look-at-schemas.ts';
import type { ClusterWatch } from '../observe/watch-cluster.ts';
import { createFindWorkload } from '../observe/workloads/find-workload.ts';
import { createLookAtRights, rightsApi } from '../observe/workloads/look-at-rights.ts';
import { AheadSales } from './ahead/ahead-sales.ts';
import { createOwnForecaster } from './forecasting/create-own-forecaster.ts';
import { createThreadedForecaster } from './forecasting/create-threaded-forecaster.ts';
import type { Forecaster, OnFit } from './forecasting/forecaster.ts';
import { KeptForecasts } from './forecasting/kept-forecasts.ts';
import { KeptAccuracy } from './memory/kept-accuracy.ts';
import { SaleTimelines } from './memory/sale-timelines.ts';
import { createNotifier } from './notify/create-notifier.ts';
import type { OperatorOptions } from './operator-options.ts';
import type { ReconcileContext } from './reconcile.ts';
import { createFindScaleKind } from './scale-kind.ts';
import { limitsOf } from './settings/limits.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** Real time in ms that a reconcile waits for a metric store: what it needs was asked for before. */
const metricPatienceMs = 0;

/** The parts of an operator that its reconcile context is built from. */
export interface ContextParts {
  readonly watch: ClusterWatch;
  readonly recorder: EventRecorder;
  readonly budget: ApiWriteBudget;
  readonly forecaster: Forecaster;
  readonly metrics: Metrics;
  /** Called when samples or forecasts arrive for which a reconcile of the namespace did not wait. */
  readonly onArrival: (namespace: string) => void;
  /** Called when other fields than before are missing in the served CRDs. */
  readonly onPruned: (missing: readonly string[]) => void;
}

/** Builds the reconcile context of one operator from its options; `options.connection` must be the fenced one. */
export function createReconcileContext(
  { connection, settings, clock, log, metricSources, ownSchemas = [], forecastThreads = 0 }: OperatorOptions,
  { watch, recorder, budget, forecaster, metrics, onArrival, onPruned }: ContextParts,
): ReconcileContext {
  const sources =
    metricSources ??
    Object.fromEntries(Object.entries(settings.sources).map(([name, source]) => [name, createMetricSource(source)]));
  const history = createDemandHistory(sources, metricPatienceMs, onArrival);
  const forecasts = new KeptForecasts({ forecaster, history, onArrival });
  const timelines = new SaleTimelines();
  const newPace = () => new WritePace(settings.writesPerSecond, realTiming, budget);
  const looks = {
    lookAtGuard: createLookAtGuard(signal => readGuard(connection, signal)),
    lookAtSchemas: createLookAtSchemas(ownSchemas, signal => readOpenApi(connection, signal), onPruned),
    lookAtRights: createLookAtRights(rightsApi(connection)),
  };
  const apply: ReconcileContext['apply'] = {
    connection,
    events: recorder,
    dryRun: settings.dryRun,
    pace: { bounds: newPace(), salePlans: newPace(), statuses: newPace() },
    memory: new WriteMemory(),
    clocks: { monotonicMs: () => clock.monotonicMs(), skewMs: () => connection.serverClock.skewMs },
  };
  const notifier = createNotifier({ settings, apply, clock, log, metrics });
  return {
    clock,
    watch,
    history,
    findWorkload: createFindWorkload(connection),
    ...looksBeside(looks),
    looksFirst: looks,
    findScaleKind: createFindScaleKind(connection),
    forecasts,
    ahead: new AheadSales({ forecasts, history, timelines, apply, ...notifier }),
    timelines,
    ...(forecastThreads === 0 ? {} : { accuracy: new KeptAccuracy(forecaster, history) }),
    limits: limitsOf(settings),
    ...notifier,
    elsewhere: new RaisesElsewhere(watch),
    skewMs: () => connection.serverClock.skewMs,
    apply,
  };
}

/** Creates the forecaster of one operator: threads where the options ask for them, else the operator's own thread. */
export function createForecaster(
  { forecastThreads = 0, fitDemand: fit, log }: OperatorOptions,
  { fits }: Metrics,
): Forecaster {
  const onFit: OnFit = (result, error) => {
    fits.inc({ result });
    if (result === 'Failed') log.warn('model not fitted', { error });
  };
  if (forecastThreads === 0 || fit !== undefined) return createOwnForecaster(fit ?? fitDemand, onFit);
  return createThreadedForecaster({
    threads: forecastThreads,
    onFit,
    onEnd: (target, reason) => log.error('forecast thread replaced', { target, reason }),
  });
}

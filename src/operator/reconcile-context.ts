import { fitDemand } from '../../forecasts/index.ts';
import { WriteMemory } from '../apply/write-memory.ts';
import { WritePace } from '../apply/write-pace.ts';
import type { EventRecorder } from '../kube/events/event-recorder.ts';
import type { ApiWriteBudget } from '../kube/http/api-write-budget.ts';
import { realTiming } from '../kube/timing.ts';
import { createDemandHistory } from '../observe/demand-history.ts';
import { createFindWorkload } from '../observe/find-workload.ts';
import { createMetricSource } from '../observe/metrics/create-metric-source.ts';
import type { ClusterWatch } from '../observe/watch-cluster.ts';
import { limitsOf } from './limits.ts';
import { FittedDemandCache } from './memory/fitted-demand.ts';
import { SaleTimelines } from './memory/sale-timelines.ts';
import type { OperatorOptions } from './operator-options.ts';
import type { ReconcileContext } from './reconcile.ts';
import { createFindScaleKind } from './scale-kind.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** Real time in ms that a reconcile waits for a metric store, once: while it stays silent, nobody waits for it again. */
const metricPatienceMs = 5_000;

/** Options of a reconcile context. */
export interface ReconcileContextOptions extends OperatorOptions {
  /** Called when samples arrive for which a reconcile of the namespace did not wait. */
  readonly onLateSamples: (namespace: string) => void;
}

/** Builds the reconcile context of one operator from its options; `options.connection` must be the fenced one. */
export function createReconcileContext(
  {
    connection,
    settings,
    clock,
    log,
    metricSources,
    fitDemand: fit = fitDemand,
    onLateSamples,
  }: ReconcileContextOptions,
  watch: ClusterWatch,
  metrics: Metrics,
  recorder: EventRecorder,
  budget: ApiWriteBudget,
): ReconcileContext {
  const sources =
    metricSources ??
    Object.fromEntries(Object.entries(settings.sources).map(([name, source]) => [name, createMetricSource(source)]));
  const history = createDemandHistory(sources, metricPatienceMs, onLateSamples);
  return {
    clock,
    watch,
    history,
    findWorkload: createFindWorkload(connection),
    findScaleKind: createFindScaleKind(connection),
    fits: new FittedDemandCache({
      fit,
      history,
      onFit: (result, error) => {
        metrics.fits.inc({ result });
        if (result === 'Failed') log.warn('model not fitted', { error });
      },
    }),
    timelines: new SaleTimelines(),
    limits: limitsOf(settings),
    apply: {
      connection,
      events: recorder,
      dryRun: settings.dryRun,
      pace: {
        bounds: new WritePace(settings.writesPerSecond, realTiming, budget),
        reports: new WritePace(settings.writesPerSecond, realTiming, budget),
      },
      memory: new WriteMemory(),
    },
  };
}

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

/** Builds the reconcile context of one operator from its options; `options.connection` must be the fenced one. */
export function createReconcileContext(
  { connection, settings, clock, log, metricSources, fitDemand: fit = fitDemand }: OperatorOptions,
  watch: ClusterWatch,
  metrics: Metrics,
  recorder: EventRecorder,
  budget: ApiWriteBudget,
): ReconcileContext {
  const sources =
    metricSources ??
    Object.fromEntries(Object.entries(settings.sources).map(([name, source]) => [name, createMetricSource(source)]));
  const history = createDemandHistory(sources);
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

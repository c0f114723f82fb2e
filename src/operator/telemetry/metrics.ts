import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type AccuracyMetrics, createAccuracyMetrics } from './accuracy-metrics.ts';
import { type ClusterMetrics, createClusterMetrics } from './cluster-metrics.ts';
import { createFreezeMetrics, type FreezeMetrics } from './freeze-metrics.ts';
import { createNotifyMetrics, type NotifyMetrics } from './notify-metrics.ts';
import { createSaleMetrics, type SaleMetrics } from './sale-metrics.ts';

/**
 * Metrics of the operator on /metrics; docs/sre.md names them. Series of a target, sale or namespace are removed with
 * it.
 */
export interface Metrics extends SaleMetrics, ClusterMetrics, FreezeMetrics, AccuracyMetrics, NotifyMetrics {
  readonly registry: Registry;
  readonly reconciles: Counter<'namespace' | 'result'>;
  readonly reconcileSeconds: Histogram;
  readonly queueDepth: Gauge;
  readonly leader: Gauge;
  readonly clockSkewSeconds: Gauge;
  readonly writes: Counter<'namespace' | 'kind' | 'part' | 'outcome'>;
  readonly floor: Gauge<'namespace' | 'target'>;
  readonly minReplicas: Gauge<'namespace' | 'target'>;
  readonly maxReplicas: Gauge<'namespace' | 'target'>;
  readonly ready: Gauge<'namespace' | 'target'>;
  readonly ceiling: Gauge<'namespace' | 'target'>;
  readonly roomAsked: Gauge<'namespace' | 'target'>;
  readonly roomReady: Gauge<'namespace' | 'target'>;
  readonly atCeiling: Gauge<'namespace' | 'target'>;
  readonly raisedUntil: Gauge<'namespace' | 'target'>;
  readonly unrecorded: Gauge<'namespace'>;
  readonly contested: Counter<'namespace' | 'target'>;
  readonly demandAvailable: Gauge<'namespace' | 'target'>;
  readonly demandAgeSeconds: Gauge<'namespace' | 'target'>;
  readonly demandLatenessSeconds: Gauge<'namespace' | 'target'>;
  readonly demand: Gauge<'namespace' | 'target'>;
  readonly forecast: Gauge<'namespace' | 'target' | 'level'>;
  readonly fits: Counter<'result'>;
  readonly lastReconcile: Gauge<'namespace'>;
  readonly nextReconcile: Gauge<'namespace'>;
}

/** A separate registry, so that two operators in one process (tests, the sandbox) do not share series. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const target = ['namespace', 'target'] as const;
  return {
    registry,
    ...createSaleMetrics(registry),
    ...createClusterMetrics(registry),
    ...createAccuracyMetrics(registry),
    ...createFreezeMetrics(registry),
    ...createNotifyMetrics(registry),
    reconciles: new Counter({
      name: 'headstart_reconciles_total',
      help: 'Reconciles of a namespace, by result: Done or Failed.',
      labelNames: ['namespace', 'result'],
      registers,
    }),
    reconcileSeconds: new Histogram({
      name: 'headstart_reconcile_seconds',
      help: 'Real time that one reconcile of a namespace took.',
      buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60],
      registers,
    }),
    queueDepth: new Gauge({
      name: 'headstart_queue_depth',
      help: 'Namespaces that are dirty or being reconciled.',
      registers,
    }),
    leader: new Gauge({ name: 'headstart_leader', help: '1 while this replica may write, else 0.', registers }),
    clockSkewSeconds: new Gauge({
      name: 'headstart_api_clock_skew_seconds',
      help: "This machine's clock minus the API server's, from its answers; 0 while they agree within 2 s.",
      registers,
    }),
    writes: new Counter({
      name: 'headstart_writes_total',
      help: 'Writes to the API server, by what came of them.',
      labelNames: ['namespace', 'kind', 'part', 'outcome'],
      registers,
    }),
    floor: new Gauge({
      name: 'headstart_floor_replicas',
      help: 'The floor planned for a target; 0 when nothing is due.',
      labelNames: target,
      registers,
    }),
    minReplicas: new Gauge({
      name: 'headstart_min_replicas',
      help: 'The minimum that should hold on the HPA of a target.',
      labelNames: target,
      registers,
    }),
    maxReplicas: new Gauge({
      name: 'headstart_max_replicas',
      help: 'The maximum that should hold on the HPA of a target.',
      labelNames: target,
      registers,
    }),
    ready: new Gauge({
      name: 'headstart_ready_replicas',
      help: 'Ready replicas of the workload of a target at the last look; 0 when the workload is not there.',
      labelNames: target,
      registers,
    }),
    ceiling: new Gauge({
      name: 'headstart_ceiling_replicas',
      help: 'The most replicas that a floor of a target may have: the strictest of its ceiling and the caps on one target.',
      labelNames: target,
      registers,
    }),
    roomAsked: new Gauge({
      name: 'headstart_room_asked_pods',
      help: 'Placeholder pods, or pods of a CapacityBuffer, that keep room on nodes for a target, as many as are asked for; absent where it has none.',
      labelNames: target,
      registers,
    }),
    roomReady: new Gauge({
      name: 'headstart_room_ready_pods',
      help: 'Pods that room on nodes is truly there for: placeholder pods of a target that have a node, or those of its CapacityBuffer where the autoscaler tells; absent otherwise.',
      labelNames: target,
      registers,
    }),
    atCeiling: new Gauge({
      name: 'headstart_at_ceiling',
      help: '1 while a limit leaves less than a target needs now, else 0.',
      labelNames: target,
      registers,
    }),
    raisedUntil: new Gauge({
      name: 'headstart_raised_until_timestamp_seconds',
      help: 'When the last sale that raised a target ends; 0 when no such sale is known; absent unless bounds are raised for a sale.',
      labelNames: target,
      registers,
    }),
    unrecorded: new Gauge({
      name: 'headstart_unrecorded_raises',
      help: 'HPAs that are raised by annotations of Headstart, although no ScalingTarget has recorded the raise.',
      labelNames: ['namespace'],
      registers,
    }),
    contested: new Counter({
      name: 'headstart_contested_reconciles_total',
      help: 'Reconciles that found the raised bounds of a target put back by another writer.',
      labelNames: target,
      registers,
    }),
    demandAvailable: new Gauge({
      name: 'headstart_demand_available',
      help: '1 while the demand of a target is known and fresh, else 0.',
      labelNames: target,
      registers,
    }),
    demandAgeSeconds: new Gauge({
      name: 'headstart_demand_age_seconds',
      help: 'Age of the newest demand sample of a target; absent while there is none.',
      labelNames: target,
      registers,
    }),
    demandLatenessSeconds: new Gauge({
      name: 'headstart_demand_lateness_seconds',
      help: 'The age up to which demand samples of a target still rose, in the last two hours; absent until it is measured.',
      labelNames: target,
      registers,
    }),
    demand: new Gauge({
      name: 'headstart_demand_requests_per_second',
      help: 'Demand of a target in the newest step that was measured; absent while there is none.',
      labelNames: target,
      registers,
    }),
    forecast: new Gauge({
      name: 'headstart_forecast_requests_per_second',
      help: 'Demand that was forecast for that step, at the levels 0.5 and 0.95; absent outside sales.',
      labelNames: [...target, 'level'],
      registers,
    }),
    fits: new Counter({
      name: 'headstart_fits_total',
      help: 'Demand models fitted, by result: Done or Failed.',
      labelNames: ['result'],
      registers,
    }),
    lastReconcile: new Gauge({
      name: 'headstart_last_reconcile_timestamp_seconds',
      help: 'Domain time of the last finished reconcile of a namespace.',
      labelNames: ['namespace'],
      registers,
    }),
    nextReconcile: new Gauge({
      name: 'headstart_next_reconcile_timestamp_seconds',
      help: 'Domain time at which the next reconcile of a namespace is due at the latest.',
      labelNames: ['namespace'],
      registers,
    }),
  };
}

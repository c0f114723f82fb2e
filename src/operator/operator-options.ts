import type { Clock } from '../api/clock.ts';
import type { Connection } from '../kube/connect.ts';
import type { MetricSource } from '../observe/metrics/metric-source.ts';
import type { OwnSchema } from '../observe/schemas/pruned-fields.ts';
import type { FitTarget } from './forecasting/forecaster.ts';
import type { Settings } from './settings/settings.ts';
import type { Log } from './telemetry/log.ts';

/** Options with which an operator is started. */
export interface OperatorOptions {
  readonly connection: Connection;
  readonly settings: Settings;
  /** Domain time. */
  readonly clock: Clock;
  readonly log: Log;
  /** Sources by name; replace those in the settings. */
  readonly metricSources?: Readonly<Record<string, MetricSource>>;
  /** The schemas of this version's CRDs, with which the served ones are compared. @default none is compared */
  readonly ownSchemas?: readonly OwnSchema[];
  /** Fits the model of a target's demand. @default the one of forecasts */
  readonly fitDemand?: FitTarget;
  /** Threads that make forecasts; 0 makes them in the calling thread, as does a `fitDemand` of the caller's own. @default 0 */
  readonly forecastThreads?: number;
  /** Identity that differs between replicas: the pod's name. @default host name and process id */
  readonly identity?: string;
  /**
   * What starts reconciles. `Clock`: each tick of the domain clock. `Caller`: only calls of `tick`. @default 'Clock'
   */
  readonly ticks?: 'Clock' | 'Caller';
  /** Real time in ms for which a start waits for kinds and namespaces that cannot be read. @default 10_000 */
  readonly readPatienceMs?: number;
  /** Real time in ms that a namespace waits for a metric store before it is reconciled without. @default 5000 */
  readonly metricPatienceMs?: number;
}

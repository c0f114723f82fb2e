import type { Clock } from '../api/clock.ts';
import type { Connection } from '../kube/connect.ts';
import type { MetricSource } from '../observe/metrics/metric-source.ts';
import type { FitTarget } from './memory/fitted-demand.ts';
import type { Settings } from './settings.ts';
import type { Log } from './telemetry/log.ts';

/** What an operator is started with. */
export interface OperatorOptions {
  readonly connection: Connection;
  readonly settings: Settings;
  /** Domain time. */
  readonly clock: Clock;
  readonly log: Log;
  /** By name; in place of those in the settings. */
  readonly metricSources?: Readonly<Record<string, MetricSource>>;
  /** Fits the model of a target's demand. @default forecasts' own */
  readonly fitDemand?: FitTarget;
  /** Unlike every other replica's: the pod's name. @default host name and process id */
  readonly identity?: string;
  /** `Clock`: looks by itself at each tick of the domain clock. `Caller`: only when told by `tick`. @default 'Clock' */
  readonly ticks?: 'Clock' | 'Caller';
}

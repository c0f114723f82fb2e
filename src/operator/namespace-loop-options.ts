import type { Clock } from '../api/clock.ts';
import type { ClusterWatch } from '../observe/watch-cluster.ts';
import type { ReconcileContext } from './reconcile.ts';
import type { Liveness } from './telemetry/liveness.ts';
import type { TelemetryParts } from './telemetry/namespace-telemetry.ts';

/** What the namespaces are reconciled with. */
export interface NamespaceLoopOptions extends TelemetryParts {
  readonly line: ReconcileContext;
  readonly watch: Pick<ClusterWatch, 'namespaces' | 'whenRead' | 'read'>;
  /** Notified when a reconcile begins and ends. */
  readonly liveness: Liveness;
  /**
   * Wakes a namespace at the exact instant that its plan asks for: waiting for the tick could delay a raise by up to a
   * tick. Without it, the loop reconciles only on ticks and changes.
   */
  readonly clock?: Clock;
  /** Real time in ms that a namespace waits for a metric store before it is reconciled without. @default 5000 */
  readonly metricPatienceMs?: number;
  /** Milliseconds until the API server takes writes again; a namespace that failed is not tried before. @default 0 */
  readonly restMs?: () => number;
}

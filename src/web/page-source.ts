import type { Missing } from '../api/missing.ts';
import type { CacheStats } from '../observe/cache-stats.ts';
import type { NamespaceObjects } from '../observe/namespace-objects.ts';
import type { Observation } from '../observe/observation.ts';
import type { ChannelFacts } from '../operator/notify/channel-worker.ts';
import type { Curve } from '../plan/demand/curve.ts';
import type { Plan, SaleOutlook } from '../plan/plan.ts';

/** What the newest reconcile of a namespace saw and decided. */
export interface NewestReconcile {
  readonly observation: Observation;
  readonly plan: Plan;
}

/** What the page shows, as the operator has it in memory: it asks the API server and the metric stores nothing. */
export interface PageSource {
  /** Domain time, epoch ms. */
  now(): number;
  /** Namespaces with a Headstart object, sorted. */
  namespaces(): readonly string[];
  /** Objects of a namespace as the caches hold them. */
  read(namespace: string): NamespaceObjects;
  /** Undefined on a replica that does not lead, and before the first reconcile. */
  newest(namespace: string): NewestReconcile | undefined;
  /** The outlook on a sale that is not over; undefined where it is not known, or not made yet. */
  outlook(namespace: string, salePlan: string): SaleOutlook | undefined;
  /** Demand of a service in the coming hours, or why it is not known; undefined until it is made. */
  hoursAhead(namespace: string, target: string): Curve | Missing | undefined;
  /** What a viewer may list, in short: sources of one scope show the same. @default all */
  readonly scope?: string;
  /** A number that rises with each change that a view may show. */
  readonly revision: number;
  caches(): readonly CacheStats[];
  /** Channels of notices, by name. */
  channels(): readonly ChannelFacts[];
  readonly replica: ReplicaFacts;
}

/** What a replica says of itself. */
export interface ReplicaFacts {
  readonly identity: string;
  readonly leading: boolean;
  readonly dryRun: boolean;
  /** Milliseconds until the API server takes writes again; 0 when it does. */
  readonly restMs: number;
  /** Names of the metric sources in the settings, sorted. */
  readonly sources: readonly string[];
}

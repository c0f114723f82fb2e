import type { CacheStats } from '../observe/cache-stats.ts';
import type { NamespaceObjects } from '../observe/namespace-objects.ts';
import type { Observation } from '../observe/observation.ts';
import type { ChannelFacts } from '../operator/notify/channel-worker.ts';
import type { Plan } from '../plan/plan.ts';

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

import type { Clock } from '../api/clock.ts';
import type { ObjectMeta } from '../api/object-meta.ts';
import type { Connection } from '../kube/connect.ts';
import type { ResourceKind } from '../kube/resources/resource-kind.ts';
import type { KubeObject } from '../kube/resources/wire.ts';
import type { Timing } from '../kube/timing.ts';
import type { Change } from '../kube/watch/object-cache.ts';
import { Reflector } from '../kube/watch/reflector.ts';
import type { CacheRepair } from '../kube/watch/reflector-options.ts';
import type { BufferRecord } from './capacity/observe-buffer.ts';
import type { ReadObject } from './namespace-objects.ts';
import type { WorkloadObservation } from './observation.ts';
import type { SeenDeletions } from './seen-deletions.ts';
import type { AutoscalerRecord } from './workloads/observe-autoscaler.ts';

export interface WatchClusterOptions {
  readonly connection: Connection;
  /** Namespaces to watch; empty means all. */
  readonly namespaces: readonly string[];
  /** Called for every change that needs a new reconcile; must only enqueue. */
  readonly onChange: (change: ClusterChange) => void;
  /** See Reflector. @default 25 */
  readonly watchSeconds?: number;
  /** Seconds between two full lists that are compared with a cache, see Reflector. @default 240 */
  readonly checkSeconds?: number;
  /** Called when such a list differed from a cache, which then holds what was listed. */
  readonly onRepair?: (kind: string, repair: CacheRepair) => void;
  /**
   * Real time in ms that `whenRead` waits for caches that do not fill, since `run` was called. @default 10_000
   */
  readonly patienceMs?: number;
  readonly timing?: Timing;
  /** Clock by which scale-ups are measured. @default none is measured */
  readonly clock?: Pick<Clock, 'now' | 'monotonicMs'>;
}

export interface ClusterChange {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly type: 'Added' | 'Modified' | 'Deleted';
}

/** One cache of a kind: of one watched namespace, or of all. */
export type KindCache<P> = Pick<
  Reflector<KubeObject, P>,
  'run' | 'synced' | 'whenSynced' | 'ageMs' | 'namespaces' | 'values' | 'catchUp' | 'stats'
>;

/** The caches of one kind. */
export interface KindWatch<P> {
  readonly kind: string;
  /** One for the cluster, or one per watched namespace, each with an age and failures of its own. */
  readonly caches: readonly { readonly namespace?: string; readonly cache: KindCache<P> }[];
  /** Selects the caches that hold objects of a namespace; all without one. */
  covering(namespace?: string): readonly KindCache<P>[];
  values(namespace?: string): readonly P[];
}

/**
 * Selects the fields whose change needs a new reconcile. Other changes (statuses, above all our own) are seen at the
 * next tick.
 */
type FaceOf<P> = (value: P) => unknown;

/** Creates the caches of one kind; they are empty until they run. */
export function watchKind<T extends KubeObject, P>(
  options: WatchClusterOptions & {
    readonly deletions?: SeenDeletions;
    readonly onValue?: (change: Change<P>) => void;
    /** See Reflector. @default false */
    readonly isOptional?: boolean;
  },
  kind: ResourceKind<T>,
  project: (object: T) => P,
  watchedFields: FaceOf<P>,
): KindWatch<P> {
  const {
    connection,
    namespaces,
    onChange,
    watchSeconds = 25,
    checkSeconds = 240,
    onRepair,
    onValue,
    timing,
    deletions,
    isOptional = false,
  } = options;
  const selections = namespaces.length === 0 ? [{}] : namespaces.map(namespace => ({ namespace }));
  const faces = new Map<string, string>();
  const tell = (change: Change<P>) => {
    const { type, namespace, name, value } = change;
    onValue?.(change);
    const key = `${namespace}/${name}`;
    const face = JSON.stringify(watchedFields(value));
    const isAsBefore = type === 'Modified' && faces.get(key) === face;
    if (type === 'Deleted') faces.delete(key);
    else faces.set(key, face);
    if (type === 'Added') deletions?.remove(namespace, name);
    if (!isAsBefore) onChange({ kind: kind.kind, namespace, name, type });
  };
  const caches = selections.map((selection: { readonly namespace?: string }) => ({
    ...selection,
    cache: new Reflector<T, P>({
      resource: connection.resource(kind),
      project,
      selection,
      isOptional,
      watchSeconds,
      checkSeconds,
      onChange: tell,
      onDeleted: (namespace, name) => deletions?.add(namespace, name),
      onNotServed: () => deletions?.clear(),
      onRepair: repair => onRepair?.(kind.kind, repair),
      ...(timing === undefined ? {} : { timing }),
    }),
  }));
  const covering = (namespace?: string) =>
    caches
      .filter(one => namespace === undefined || one.namespace === undefined || one.namespace === namespace)
      .map(({ cache }) => cache);
  return {
    kind: kind.kind,
    caches,
    covering,
    values: namespace => covering(namespace).flatMap(cache => cache.values(namespace)),
  };
}

/** Lists the namespaces in which caches hold an object, sorted. */
export function namespacesOf(watches: readonly KindWatch<unknown>[]): readonly string[] {
  return [...new Set(watches.flatMap(watch => watch.covering().flatMap(cache => cache.namespaces())))].sort();
}

/** Selects the watched fields of an object of ours. */
export function ourWatchedFields(read: ReadObject<{ readonly metadata: ObjectMeta }>): unknown {
  const known = 'value' in read ? read.value.metadata : (read.salvaged?.metadata ?? read.unreadable.pendingRestore);
  const { uid, generation, deletionTimestamp, finalizers, annotations } = known ?? {};
  const complaint = 'value' in read ? undefined : [read.unreadable.generation, read.unreadable.message];
  return [uid, generation, deletionTimestamp, finalizers, annotations, complaint];
}

/**
 * Selects the watched fields of an HPA. Its replicas change with the load; bounds, annotations and writers only when
 * somebody writes them.
 */
export function watchedAutoscalerFields({ scales, observation }: AutoscalerRecord): unknown {
  const { uid, minReplicas, maxReplicas, floor, floorMax, otherWriters, owner, unfollowed } = observation;
  return [scales, uid, minReplicas, maxReplicas, floor, floorMax, otherWriters, owner, unfollowed];
}

/** Selects the watched fields of a workload; at 0 replicas it cannot be raised, without a ready one it is a risk. */
export function watchedWorkloadFields({ uid, replicas, readyReplicas }: WorkloadObservation): unknown {
  return [uid, replicas === 0, readyReplicas === 0];
}

/** Selects the watched fields of a CapacityBuffer: all but what an autoscaler answers. */
export function watchedBufferFields(buffer: BufferRecord | undefined): unknown {
  if (buffer === undefined) return undefined;
  const {
    target,
    uid,
    replicas,
    scales,
    buffer: { percentage },
  } = buffer;
  return [target, uid, replicas, scales, percentage];
}

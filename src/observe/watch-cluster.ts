import type { ObjectMeta } from '../api/object-meta.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import type { Connection } from '../kube/connect.ts';
import {
  autoscalers,
  deployments,
  flashSales,
  type ResourceKind,
  salePlans,
  scalingPolicies,
  scalingTargets,
  statefulSets,
} from '../kube/resources/resource-kind.ts';
import type { KubeObject } from '../kube/resources/wire.ts';
import type { Change } from '../kube/watch/object-cache.ts';
import { Reflector } from '../kube/watch/reflector.ts';
import type { CacheRepair, ReflectorStats } from '../kube/watch/reflector-options.ts';
import { MarkedNamespaces } from './marked-namespaces.ts';
import type { NamespaceObjects, ReadObject } from './namespace-objects.ts';
import type { WorkloadObservation } from './observation.ts';
import { type AutoscalerRecord, observeAutoscaler } from './observe-autoscaler.ts';
import { observeWorkload } from './observe-workload.ts';
import { readFlashSale, readPolicy, readSalePlan, readScalingTarget } from './read-object.ts';

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
}

export interface ClusterChange {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly type: 'Added' | 'Modified' | 'Deleted';
}

/** Caches of everything that an Observation is made of. */
export interface ClusterWatch {
  /** Follows the cluster until the signal is aborted; never throws. */
  run(signal: AbortSignal): Promise<void>;
  /**
   * True once every needed cache is filled; those of Deployments and StatefulSets are needed when a target refers to
   * one.
   */
  readonly synced: boolean;
  whenSynced(signal?: AbortSignal): Promise<void>;
  /**
   * Returns the age in ms of the least fresh cache that the namespace's targets need; above 45,000 something is wrong.
   */
  ageMs(namespace: string): number;
  /** Lists the namespaces with a Headstart object or an HPA that carries its annotations, sorted. */
  namespaces(): readonly string[];
  /** Lists the namespaces with an HPA, raised by us or not, sorted. */
  scaledNamespaces(): readonly string[];
  read(namespace: string): NamespaceObjects;
  /**
   * Lists everything now; afterwards the caches hold at least what was written before the call. For callers that
   * set the time themselves; in real time the watches suffice.
   *
   * @throws ApiError, TransportError
   */
  catchUp(signal?: AbortSignal): Promise<void>;
  stats(): readonly CacheStats[];
}

export interface CacheStats extends ReflectorStats {
  readonly kind: string;
  readonly synced: boolean;
  readonly objects: number;
  readonly ageMs: number;
}

export function watchCluster(options: WatchClusterOptions): ClusterWatch {
  const marked = new MarkedNamespaces();
  const caches = {
    sales: watchKind(options, flashSales, readFlashSale, ourWatchedFields),
    targets: watchKind(options, scalingTargets, readScalingTarget, ourWatchedFields),
    policies: watchKind(options, scalingPolicies, readPolicy, ({ read }) => ourWatchedFields(read)),
    salePlans: watchKind(options, salePlans, readSalePlan, ourWatchedFields),
    autoscalers: watchKind(
      { ...options, onValue: marked.note },
      autoscalers,
      observeAutoscaler,
      watchedAutoscalerFields,
    ),
    deployments: watchKind(options, deployments, observeWorkload, watchedWorkloadFields),
    statefulSets: watchKind(options, statefulSets, observeWorkload, watchedWorkloadFields),
  };
  const workloads = [caches.deployments, caches.statefulSets];
  const all: readonly KindWatch<unknown>[] = Object.values(caches);
  const ours = [caches.sales, caches.targets, caches.policies, caches.salePlans];
  const always: readonly KindWatch<unknown>[] = [...ours, caches.autoscalers];
  const needed = (namespace?: string) => {
    const targets = caches.targets.reflectors.flatMap(reflector => reflector.values(namespace));
    const kinds = new Set(targets.map(scaledKind));
    return [...always, ...workloads.filter(({ kind }) => kinds.has(kind))];
  };

  return {
    run: async signal => {
      await Promise.all(all.flatMap(({ reflectors }) => reflectors.map(reflector => reflector.run(signal))));
    },
    get synced() {
      return needed().every(({ reflectors }) => reflectors.every(reflector => reflector.synced));
    },
    whenSynced: async signal => {
      await waitUntilSynced(always, signal);
      await waitUntilSynced(needed(), signal);
    },
    ageMs: namespace => Math.max(...needed(namespace).flatMap(({ reflectors }) => reflectors.map(ageOf))),
    namespaces: () => [...new Set([...namespacesOf(ours), ...marked.names()])].sort(),
    scaledNamespaces: () => namespacesOf([caches.autoscalers]),
    read: namespace => ({
      sales: caches.sales.values(namespace),
      targets: caches.targets.values(namespace),
      policies: caches.policies.values(namespace),
      salePlans: caches.salePlans.values(namespace),
      autoscalers: caches.autoscalers.values(namespace),
      workloads: [...caches.deployments.values(namespace), ...caches.statefulSets.values(namespace)],
    }),
    catchUp: async signal => {
      await Promise.all(all.flatMap(({ reflectors }) => reflectors.map(reflector => reflector.catchUp(signal))));
    },
    stats: () =>
      all.flatMap(({ kind, reflectors }) =>
        reflectors.map(reflector => ({
          kind,
          synced: reflector.synced,
          objects: reflector.values().length,
          ageMs: reflector.ageMs(),
          ...reflector.stats,
        })),
      ),
  };
}

async function waitUntilSynced(watches: readonly KindWatch<unknown>[], signal?: AbortSignal): Promise<void> {
  await Promise.all(watches.flatMap(({ reflectors }) => reflectors.map(reflector => reflector.whenSynced(signal))));
}

/** Returns the cache's age in ms; infinite when it was never filled. */
function ageOf(reflector: KindWatch<unknown>['reflectors'][number]): number {
  return reflector.synced ? reflector.ageMs() : Number.POSITIVE_INFINITY;
}

/** Returns the kind of workload that a target refers to, where it can be read. */
function scaledKind(read: ReadObject<ScalingTarget>): string | undefined {
  const target = 'value' in read ? read.value : read.salvaged;
  return target?.spec.workloadRef.kind;
}

function namespacesOf(watches: readonly KindWatch<unknown>[]): readonly string[] {
  return [...new Set(watches.flatMap(({ reflectors }) => reflectors.flatMap(r => r.namespaces())))].sort();
}

interface KindWatch<P> {
  readonly kind: string;
  /** One reflector for the cluster, or one per watched namespace. */
  readonly reflectors: readonly Pick<
    Reflector<KubeObject, P>,
    'run' | 'synced' | 'whenSynced' | 'ageMs' | 'namespaces' | 'values' | 'catchUp' | 'stats'
  >[];
  values(namespace: string): readonly P[];
}

/**
 * Selects the fields whose change needs a new reconcile. Other changes (statuses, above all our own) are seen at the
 * next tick.
 */
type FaceOf<P> = (value: P) => unknown;

function watchKind<T extends KubeObject, P>(
  options: WatchClusterOptions & { readonly onValue?: (change: Change<P>) => void },
  kind: ResourceKind<T>,
  project: (object: T) => P,
  watchedFields: FaceOf<P>,
): KindWatch<P> {
  const { connection, namespaces, onChange, watchSeconds = 25, checkSeconds = 240, onRepair, onValue } = options;
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
    if (!isAsBefore) onChange({ kind: kind.kind, namespace, name, type });
  };
  const reflectors = selections.map(
    selection =>
      new Reflector<T, P>({
        resource: connection.resource(kind),
        project,
        selection,
        watchSeconds,
        checkSeconds,
        onChange: tell,
        onRepair: repair => onRepair?.(kind.kind, repair),
      }),
  );
  return {
    kind: kind.kind,
    reflectors,
    values: namespace => reflectors.flatMap(reflector => reflector.values(namespace)),
  };
}

function ourWatchedFields(read: ReadObject<{ readonly metadata: ObjectMeta }>): unknown {
  const known = 'value' in read ? read.value.metadata : (read.salvaged?.metadata ?? read.unreadable.pendingRestore);
  const { uid, generation, deletionTimestamp, finalizers, annotations } = known ?? {};
  const complaint = 'value' in read ? undefined : [read.unreadable.generation, read.unreadable.message];
  return [uid, generation, deletionTimestamp, finalizers, annotations, complaint];
}

/**
 * Selects the watched fields of an HPA. Its replicas change with the load; bounds, annotations and writers only when
 * somebody writes them.
 */
function watchedAutoscalerFields({ scales, observation }: AutoscalerRecord): unknown {
  const { uid, minReplicas, maxReplicas, floor, floorMax, otherWriters, owner } = observation;
  return [scales, uid, minReplicas, maxReplicas, floor, floorMax, otherWriters, owner];
}

/** Selects the watched fields of a workload; at 0 replicas it cannot be raised. */
function watchedWorkloadFields({ uid, replicas }: WorkloadObservation): unknown {
  return [uid, replicas === 0];
}

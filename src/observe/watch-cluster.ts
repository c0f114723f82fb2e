import { autoscalerKindOf } from '../api/autoscalers/autoscaler-kind.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import {
  autoscalers,
  capacityBuffers,
  deployments,
  flashSales,
  salePlans,
  scaledObjects,
  scalingPolicies,
  scalingTargets,
  statefulSets,
} from '../kube/resources/resource-kind.ts';
import type { Change } from '../kube/watch/object-cache.ts';
import { findDoubts } from './cache-doubts.ts';
import { type CacheStats, cacheStats } from './cache-stats.ts';
import { observeBuffer } from './capacity/observe-buffer.ts';
import { SeenReplicas } from './capacity/seen-replicas.ts';
import { SeenScaleUps } from './capacity/seen-scale-ups.ts';
import { watchNear } from './capacity/watch-near.ts';
import { MarkedNamespaces } from './marked-namespaces.ts';
import { type NamespaceObjects, type ReadObject, readable } from './namespace-objects.ts';
import type { WorkloadObservation } from './observation.ts';
import { readFlashSale, readPolicy, readSalePlan, readScalingTarget } from './read-object.ts';
import { SeenDeletions } from './seen-deletions.ts';
import {
  type KindWatch,
  namespacesOf,
  ourWatchedFields,
  type WatchClusterOptions,
  watchedAutoscalerFields,
  watchedBufferFields,
  watchedWorkloadFields,
  watchKind,
} from './watch-kind.ts';
import { joinScaledObjects } from './workloads/join-scaled-objects.ts';
import { observeAutoscaler, observeScaledObject } from './workloads/observe-autoscaler.ts';
import { observeWorkload } from './workloads/observe-workload.ts';

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
   * Resolves once every cache that a namespace needs is filled, or `patienceMs` after the start: one that is refused or
   * does not answer holds up nobody for longer. Without a namespace, every needed cache counts. Rejects with the
   * signal's reason.
   */
  whenRead(namespace: string | undefined, signal: AbortSignal): Promise<void>;
  /** Lists the namespaces with a Headstart object or an HPA that carries its annotations, sorted. */
  namespaces(): readonly string[];
  /** Lists the namespaces with an HPA, raised by us or not, sorted. */
  scaledNamespaces(): readonly string[];
  /**
   * Returns what the caches hold of a namespace, and which of them may miss changes. With `now` (epoch ms) its quotas
   * and LimitRanges, too, while a sale is known then, and its pods while one is near, see `watchNear`.
   */
  read(namespace: string, now?: number): NamespaceObjects;
  /**
   * Lists everything now; afterwards the caches hold at least what was written before the call. For callers that
   * set the time themselves; in real time the watches suffice. A kind that cannot be listed stays as it is.
   */
  catchUp(signal?: AbortSignal): Promise<void>;
  stats(): readonly CacheStats[];
}

export function watchCluster(options: WatchClusterOptions): ClusterWatch {
  const deletions = new SeenDeletions();
  const marked = new MarkedNamespaces();
  const markedScaled = new MarkedNamespaces();
  const scaleUps =
    options.clock === undefined
      ? undefined
      : new SeenScaleUps(options.clock, () => options.connection.serverClock.skewMs);
  const replicas = options.clock === undefined ? undefined : new SeenReplicas(options.clock);
  const onValue = (change: Change<WorkloadObservation>) => {
    scaleUps?.note(change);
    replicas?.note(change);
  };
  const seesWorkloads = { ...options, onValue };
  const caches = {
    sales: watchKind({ ...options, deletions }, flashSales, readFlashSale, ourWatchedFields),
    targets: watchKind(options, scalingTargets, readScalingTarget, ourWatchedFields),
    policies: watchKind(options, scalingPolicies, readPolicy, ({ read }) => ourWatchedFields(read)),
    salePlans: watchKind(options, salePlans, readSalePlan, ourWatchedFields),
    autoscalers: watchKind(
      {
        ...options,
        onValue: change => {
          marked.note(change);
          scaleUps?.noteAutoscaler(change);
          replicas?.noteAutoscaler(change);
        },
      },
      autoscalers,
      observeAutoscaler,
      watchedAutoscalerFields,
    ),
    scaledObjects: watchKind(
      { ...options, onValue: markedScaled.note, isOptional: true },
      scaledObjects,
      observeScaledObject,
      watchedAutoscalerFields,
    ),
    // Its status is seen at the next reconcile, as every other.
    buffers: watchKind({ ...options, isOptional: true }, capacityBuffers, observeBuffer, watchedBufferFields),
    deployments: watchKind(seesWorkloads, deployments, observeWorkload, watchedWorkloadFields),
    statefulSets: watchKind(seesWorkloads, statefulSets, observeWorkload, watchedWorkloadFields),
  };
  const workloads = [caches.deployments, caches.statefulSets];
  const all: readonly KindWatch<unknown>[] = Object.values(caches);
  const ours = [caches.sales, caches.targets, caches.policies, caches.salePlans];
  const always: readonly KindWatch<unknown>[] = [...ours, caches.autoscalers];
  const needed = (namespace?: string) => {
    const kinds = new Set(caches.targets.values(namespace).map(scaledKind));
    const isKeda =
      caches.scaledObjects.values(namespace).length > 0 || caches.targets.values(namespace).some(hasRaisedScaledObject);
    return [...always, ...(isKeda ? [caches.scaledObjects] : []), ...workloads.filter(({ kind }) => kinds.has(kind))];
  };
  const whenFilled = async (namespace: string | undefined, signal?: AbortSignal) => {
    await waitUntilSynced(always, namespace, signal);
    await waitUntilSynced(needed(namespace), namespace, signal);
  };
  const patience = new AbortController();
  const ended = new AbortController();
  const near = watchNear({ ...options, signal: ended.signal });

  return {
    run: async signal => {
      const timer = setTimeout(() => patience.abort(), options.patienceMs ?? 10_000);
      await Promise.all(all.flatMap(kind => kind.caches.map(({ cache }) => cache.run(signal))));
      clearTimeout(timer);
      ended.abort(signal.reason);
    },
    get synced() {
      return needed().every(kind => kind.covering().every(cache => cache.synced));
    },
    whenSynced: signal => whenFilled(undefined, signal),
    whenRead: async (namespace, signal) => {
      const patiently = AbortSignal.any([signal, patience.signal]);
      // Kinds that the cluster may lack are read before the first look, and hold up nobody who lacks the right to them.
      await Promise.all([
        whenFilled(namespace, patiently),
        waitUntilSynced([caches.scaledObjects, caches.buffers], namespace, patiently),
      ]).catch(() => signal.throwIfAborted());
    },
    namespaces: () => [...new Set([...namespacesOf(ours), ...marked.names(), ...markedScaled.names()])].sort(),
    scaledNamespaces: () => namespacesOf([caches.autoscalers, caches.scaledObjects]),
    read: (namespace, now) => {
      const nearby = now === undefined ? {} : near.read(namespace, readable(caches.salePlans.values(namespace)), now);
      return {
        sales: caches.sales.values(namespace),
        deletedSales: deletions.namesIn(namespace),
        targets: caches.targets.values(namespace),
        policies: caches.policies.values(namespace),
        salePlans: caches.salePlans.values(namespace),
        autoscalers: joinScaledObjects(caches.autoscalers.values(namespace), caches.scaledObjects.values(namespace)),
        workloads: [...caches.deployments.values(namespace), ...caches.statefulSets.values(namespace)],
        buffers: caches.buffers.values(namespace).filter(buffer => buffer !== undefined),
        ...nearby,
        ...(scaleUps === undefined ? {} : { scaleUps: scaleUps.read(namespace, nearby.pods) }),
        ...(replicas === undefined ? {} : { steady: replicas.read(namespace) }),
        doubts: findDoubts(needed(namespace), namespace),
      };
    },
    catchUp: async signal => {
      await Promise.allSettled([
        near.catchUp(signal),
        ...all.flatMap(kind => kind.covering().map(cache => cache.catchUp(signal))),
      ]);
    },
    stats: () => cacheStats(all),
  };
}

async function waitUntilSynced(
  watches: readonly KindWatch<unknown>[],
  namespace: string | undefined,
  signal?: AbortSignal,
): Promise<void> {
  await Promise.all(watches.flatMap(watch => watch.covering(namespace).map(cache => cache.whenSynced(signal))));
}

/** Returns the kind of workload that a target refers to, where it can be read. */
function scaledKind(read: ReadObject<ScalingTarget>): string | undefined {
  const target = 'value' in read ? read.value : read.salvaged;
  return target?.spec.workloadRef.kind;
}

/** Returns true when a target has recorded a ScaledObject as raised. */
function hasRaisedScaledObject(read: ReadObject<ScalingTarget>): boolean {
  const raised = 'value' in read ? (read.value.status?.raised ?? []) : (read.unreadable.raised ?? []);
  return raised.some(object => autoscalerKindOf(object) === 'ScaledObject');
}

import type { FlashSale } from '../api/flash-sale.ts';
import type { ScaleUpRecord } from '../api/learned/scale-up.ts';
import type { SalePlan } from '../api/sale-plan.ts';
import type { ScalingPolicy } from '../api/scaling-policy.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import type { UnparsedObject } from '../kube/resources/wire.ts';
import type { SteadyReplicas } from '../learn/capacity/learn-capacity.ts';
import type { CacheDoubt } from './cache-doubt.ts';
import type { LimitRangeObservation, QuotaObservation } from './capacity/capacity-observation.ts';
import type { BufferRecord } from './capacity/observe-buffer.ts';
import type { PodRecord } from './capacity/observe-pod.ts';
import type { Unreadable, WorkloadObservation } from './observation.ts';
import type { AutoscalerRecord } from './workloads/observe-autoscaler.ts';

/** Objects of one namespace as the caches hold them, in no particular order. */
export interface NamespaceObjects {
  readonly sales: readonly ReadObject<FlashSale>[];
  /** Names of FlashSales whose deletion was seen, sorted. @default none */
  readonly deletedSales?: readonly string[];
  readonly targets: readonly ReadObject<ScalingTarget>[];
  readonly policies: readonly PolicyRecord[];
  readonly salePlans: readonly ReadObject<SalePlan>[];
  readonly autoscalers: readonly AutoscalerRecord[];
  readonly workloads: readonly WorkloadObservation[];
  /** CapacityBuffers that keep room for a target. @default none */
  readonly buffers?: readonly BufferRecord[];
  /** Quotas and LimitRanges; absent while no sale is known, and where they cannot be read. */
  readonly quotas?: readonly QuotaObservation[];
  readonly limitRanges?: readonly LimitRangeObservation[];
  /** Pods; absent while no sale is near, and where they cannot be read. */
  readonly pods?: readonly PodRecord[];
  /** Scale-ups that this process has seen, by workloadKey. @default none */
  readonly scaleUps?: ReadonlyMap<string, readonly ScaleUpRecord[]>;
  /** Times in which all wanted replicas of a workload were ready, by workloadKey. @default none */
  readonly steady?: ReadonlyMap<string, readonly SteadyReplicas[]>;
  /** Kinds whose caches may miss changes. @default none */
  readonly doubts?: readonly CacheDoubt[];
}

/**
 * Result of parsing a Headstart object: the object, and in `leftOut` which fields it was read without, in sentences; or why
 * it cannot be read, then also its readable part when it must still be restored.
 */
export type ReadObject<T> =
  | { readonly value: T; readonly leftOut?: string }
  | { readonly unreadable: Unreadable; readonly salvaged?: T };

/** Returns the objects that could be read. */
export function readable<T>(reads: readonly ReadObject<T>[]): readonly T[] {
  return reads.flatMap(read => ('value' in read ? [read.value] : []));
}

/** Returns which fields objects were read without, in sentences, by their names; undefined when all were read whole. */
export function leftOutOf(
  reads: readonly ReadObject<{ readonly metadata: { readonly name: string } }>[],
): Readonly<Record<string, string>> | undefined {
  const left = reads.flatMap(read =>
    'value' in read && read.leftOut !== undefined ? [[read.value.metadata.name, read.leftOut] as const] : [],
  );
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/** Policy with its raw form, so that the readable part of a broken one still applies. */
export interface PolicyRecord {
  readonly name: string;
  readonly read: ReadObject<ScalingPolicy>;
  readonly raw: UnparsedObject;
}

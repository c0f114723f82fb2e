import type { FlashSale } from '../api/flash-sale.ts';
import type { SalePlan } from '../api/sale-plan.ts';
import type { ScalingPolicy } from '../api/scaling-policy.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import type { UnparsedObject } from '../kube/resources/wire.ts';
import type { Unreadable, WorkloadObservation } from './observation.ts';
import type { AutoscalerRecord } from './observe-autoscaler.ts';

/** What the caches hold of one namespace, in no particular order. */
export interface NamespaceObjects {
  readonly sales: readonly ReadObject<FlashSale>[];
  readonly targets: readonly ReadObject<ScalingTarget>[];
  readonly policies: readonly PolicyRecord[];
  readonly salePlans: readonly ReadObject<SalePlan>[];
  readonly autoscalers: readonly AutoscalerRecord[];
  readonly workloads: readonly WorkloadObservation[];
}

/**
 * An object of ours after parsing: itself, or why it cannot be read; with that, where we owe it a restore, what of it can
 * be read after all.
 */
export type ReadObject<T> = { readonly value: T } | { readonly unreadable: Unreadable; readonly salvaged?: T };

/** A policy keeps its raw form: one that cannot be read as a whole is still obeyed as far as it can be. */
export interface PolicyRecord {
  readonly name: string;
  readonly read: ReadObject<ScalingPolicy>;
  readonly raw: UnparsedObject;
}

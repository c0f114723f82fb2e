import { type Condition, conditionSchema } from '../api/condition.ts';
import { ParseError } from '../api/faults/parse-error.ts';
import { type FlashSale, parseFlashSale } from '../api/flash-sale.ts';
import { restoreFinalizer } from '../api/group.ts';
import { objectMetaSchema } from '../api/object-meta.ts';
import { parseSalePlan, type SalePlan } from '../api/sale-plan.ts';
import { salvageScalingTarget } from '../api/salvage-scaling-target.ts';
import { parseScalingPolicy, type ScalingPolicy } from '../api/scaling-policy.ts';
import { parseScalingTarget, readRaised, type ScalingTarget } from '../api/scaling-target.ts';
import type { UnparsedObject } from '../kube/resources/wire.ts';
import type { PolicyRecord, ReadObject } from './namespace-objects.ts';
import type { Unreadable } from './observation.ts';
import { readSaleEnding } from './sale-ending.ts';

/** Parses a FlashSale; a failure becomes a sentence for its author and does not affect other objects. */
export function readFlashSale(object: UnparsedObject): ReadObject<FlashSale> {
  const read = readObject<FlashSale>('FlashSale', parseFlashSale, object);
  return 'value' in read ? read : { unreadable: { ...read.unreadable, ending: readSaleEnding(object) } };
}

/**
 * Parses a ScalingTarget. One that carries our finalizer is read as far as possible, because it must be restored and
 * released.
 */
export function readScalingTarget(object: UnparsedObject): ReadObject<ScalingTarget> {
  const read = readObject<ScalingTarget>('ScalingTarget', parseScalingTarget, object);
  const metadata = objectMetaSchema.safeParse(withoutManagedFields(object).metadata).data;
  if ('value' in read || metadata === undefined || !metadata.finalizers?.includes(restoreFinalizer)) return read;
  const salvaged = salvageScalingTarget(withoutManagedFields(object));
  return salvaged === undefined
    ? { unreadable: { ...read.unreadable, pendingRestore: metadata, raised: readRaised(object.status) } }
    : { ...read, salvaged };
}

export const readPolicy = (raw: UnparsedObject): PolicyRecord => ({
  name: raw.metadata?.name ?? '',
  read: readObject<ScalingPolicy>('ScalingPolicy', parseScalingPolicy, raw),
  raw,
});

export const readSalePlan = (object: UnparsedObject) => readObject<SalePlan>('SalePlan', parseSalePlan, object);

function readObject<T>(kind: Unreadable['kind'], parse: (value: unknown) => T, object: UnparsedObject): ReadObject<T> {
  try {
    return { value: parse(withoutManagedFields(object)) };
  } catch (error) {
    const field = error instanceof ParseError ? error.field : '';
    const message = error instanceof Error ? error.message : String(error);
    const { name = '', uid, generation } = object.metadata ?? {};
    const conditions = readConditions(object.status);
    return {
      unreadable: {
        kind,
        name,
        field,
        message,
        ...(uid === undefined ? {} : { uid }),
        ...(generation === undefined ? {} : { generation }),
        ...(conditions.length === 0 ? {} : { conditions }),
      },
    };
  }
}

/** Removes managedFields, the larger part of a small object, which Headstart's kinds do not use. */
function withoutManagedFields(object: UnparsedObject) {
  const { managedFields: _, ...metadata } = object.metadata ?? {};
  return { ...object, metadata };
}

/** Reads the valid conditions, so that repeating one keeps its lastTransitionTime. */
function readConditions(status: unknown): readonly Condition[] {
  if (typeof status !== 'object' || status === null || !('conditions' in status)) return [];
  if (!Array.isArray(status.conditions)) return [];
  return status.conditions.flatMap(condition => conditionSchema.safeParse(condition).data ?? []);
}

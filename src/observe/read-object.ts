import { type Condition, conditionSchema } from '../api/condition.ts';
import { ParseError } from '../api/faults/parse-error.ts';
import { parseSparing, type Spared } from '../api/faults/parse-sparing.ts';
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

/** Fields that an object is not read without: they hold back what is done, move it in time, or say how much is to come. */
const neededOfSale: ReadonlySet<string> = new Set([
  'timeZone',
  'recurrence',
  'mode',
  'cancelled',
  'expectedPeakPercent',
  'minPeakPercent',
]);
const neededOfTarget: ReadonlySet<string> = new Set(['mode', 'uses', 'capacityPerReplica']);

/**
 * Parses a FlashSale, without optional fields that this version cannot read; a failure becomes a sentence for its author
 * and does not affect other objects.
 */
export function readFlashSale(object: UnparsedObject): ReadObject<FlashSale> {
  const read = readSparing<FlashSale>('FlashSale', value => parseSparing(value, parseFlashSale, neededOfSale), object);
  return 'value' in read ? read : { unreadable: { ...read.unreadable, ending: readSaleEnding(object) } };
}

/**
 * Parses a ScalingTarget, without optional fields that this version cannot read; while its pause cannot be read, nothing
 * is lowered. One that carries our finalizer is read as far as possible, because it must be restored and
 * released.
 */
export function readScalingTarget(object: UnparsedObject): ReadObject<ScalingTarget> {
  const read = readSparing<ScalingTarget>('ScalingTarget', parsePausing, object);
  const metadata = objectMetaSchema.safeParse(withoutManagedFields(object).metadata).data;
  if ('value' in read || metadata === undefined || !metadata.finalizers?.includes(restoreFinalizer)) return read;
  const salvaged = salvageScalingTarget(withoutManagedFields(object));
  return salvaged === undefined
    ? { unreadable: { ...read.unreadable, pendingRestore: metadata, raised: readRaised(object.status) } }
    : { ...read, salvaged };
}

function parsePausing(value: unknown): Spared<ScalingTarget> {
  const spared = parseSparing(value, parseScalingTarget, neededOfTarget);
  const isPauseLost = spared.left.some(({ field }) => field === 'spec.paused');
  const { spec } = spared.value;
  return isPauseLost ? { ...spared, value: { ...spared.value, spec: { ...spec, paused: 'Down' } } } : spared;
}

export const readPolicy = (raw: UnparsedObject): PolicyRecord => ({
  name: raw.metadata?.name ?? '',
  read: readObject<ScalingPolicy>('ScalingPolicy', parseScalingPolicy, raw),
  raw,
});

export const readSalePlan = (object: UnparsedObject) => readObject<SalePlan>('SalePlan', parseSalePlan, object);

function readSparing<T>(
  kind: Unreadable['kind'],
  parse: (value: unknown) => Spared<T>,
  object: UnparsedObject,
): ReadObject<T> {
  const read = readObject(kind, parse, object);
  if (!('value' in read)) return { unreadable: read.unreadable };
  const { value, left } = read.value;
  return left.length === 0 ? { value } : { value, leftOut: describeLeftOut(left) };
}

/** "spec.tier: must be one of …; spec.budget: is not a field. Left out; all else is served." */
function describeLeftOut(left: Spared<unknown>['left']): string {
  return `${left.map(({ field, message }) => `${field}: ${message}`).join('; ')}. Left out; all else is served.`;
}

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

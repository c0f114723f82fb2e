import { JsonPatch } from 'cdk8s';
import type { ManifestObject } from '../manifest-chart.ts';
import { ownFact } from '../own-fact.ts';
import type { PatchFacts } from './patch-schema.ts';

/** Fields by which others find an object: a patch leaves them as they are. */
const identity = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'] as const;

type Operation = NonNullable<PatchFacts['json']>[number];

/** Whether a patch is meant for an object. */
export function isMeant(patch: PatchFacts, { kind, metadata }: ManifestObject): boolean {
  const isInNamespace = patch.namespace === undefined || patch.namespace === metadata.namespace;
  return patch.kind === kind && patch.name === metadata.name && isInNamespace;
}

/**
 * Applies a patch to an object.
 *
 * @throws Error when an operation fails, or when the object would be another one afterwards
 */
export function applyStatedPatch(object: ManifestObject, patch: PatchFacts): ManifestObject {
  const title = titleOf(patch);
  const patched = patch.json === undefined ? merge(object, patch.merge) : applyOperations(object, patch.json, title);
  const changed = identity.filter(path => at(patched, path) !== at(object, path));
  if (changed.length > 0) throw new Error(`${title} changes ${changed.join(', ')}, by which others find the object`);
  return patched as ManifestObject;
}

/** Names a patch in messages. */
export function titleOf({ kind, name, namespace }: PatchFacts): string {
  return `the patch of ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function applyOperations(object: ManifestObject, operations: readonly Operation[], title: string): unknown {
  return operations.reduce<unknown>((before, operation) => {
    const needed = neededPath(operation);
    if (valueAt(before, needed) === undefined) throw new Error(`${title} cannot be applied: nothing is at ${needed}`);
    try {
      return JsonPatch.apply(before, operationOf(operation));
    } catch (error) {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      throw new Error(`${title} cannot be applied: ${reason}`);
    }
  }, structuredClone(object));
}

/** The path at which an operation needs something; that of an addition is its parent's. */
function neededPath(operation: Operation): string {
  if (operation.op === 'add') return operation.path.slice(0, operation.path.lastIndexOf('/'));
  return operation.op === 'move' || operation.op === 'copy' ? operation.from : operation.path;
}

/** The value at a JSON pointer (RFC 6901); undefined where there is none. */
function valueAt(document: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  return keys
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((inner, key) => {
      if (Array.isArray(inner)) return inner[Number(key)];
      return isMap(inner) ? ownFact(inner, key) : undefined;
    }, document);
}

function operationOf(operation: Operation): JsonPatch {
  switch (operation.op) {
    case 'add':
      return JsonPatch.add(operation.path, operation.value);
    case 'replace':
      return JsonPatch.replace(operation.path, operation.value);
    case 'test':
      return JsonPatch.test(operation.path, operation.value);
    case 'remove':
      return JsonPatch.remove(operation.path);
    case 'move':
      return JsonPatch.move(operation.from, operation.path);
    case 'copy':
      return JsonPatch.copy(operation.from, operation.path);
  }
}

/** Merges as RFC 7386 says: maps by their keys, null removes, everything else replaces. */
function merge(target: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const merged = Object.entries(patch).reduce(
    (map, [key, value]) => {
      if (value === null) map.delete(key);
      else map.set(key, merge(map.get(key), value));
      return map;
    },
    new Map(Object.entries(isMap(target) ? target : {})),
  );
  return Object.fromEntries(merged);
}

function at(object: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (isMap(inner) ? ownFact(inner, key) : undefined), object);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { ManagedFieldsEntry, ObjectMetadata } from '../objects/kube-object.ts';
import { type FieldSet, fromFieldsV1, isEmptySet, toFieldsV1 } from './field-set.ts';

/** Who writes, by which operation, through which subresource: one entry of managedFields each. */
export interface Manager {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource?: string;
}

export interface Ownership {
  readonly manager: Manager;
  /** Absent where the real server forgets it: first written through `/scale`, or applied when it was so already. */
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

/** By `managerKey`. */
export type Owners = ReadonlyMap<string, Ownership>;

/** An applier is the same in every apiVersion, an updater in its own. */
export function managerKey({ name, operation, apiVersion, subresource = '' }: Manager): string {
  return JSON.stringify([name, operation, operation === 'Apply' ? '' : apiVersion, subresource]);
}

export function readOwners(entries: readonly ManagedFieldsEntry[] | undefined): Owners {
  const owners = new Map<string, Ownership>();
  for (const { manager: name, operation, apiVersion, subresource, time, fieldsV1 } of entries ?? []) {
    const manager = { name, operation, apiVersion, ...(subresource === undefined ? {} : { subresource }) };
    owners.set(managerKey(manager), { manager, time, fields: fromFieldsV1(fieldsV1) });
  }
  return owners;
}

/** The metadata with these managedFields; without the field where nobody owns anything. */
export function withManagedFields(metadata: ObjectMetadata, entries: readonly ManagedFieldsEntry[]): ObjectMetadata {
  const { managedFields: _, ...rest } = metadata;
  return entries.length === 0 ? rest : { ...rest, managedFields: entries };
}

/** Sorted as the real server does: appliers first, then by time, manager and subresource. */
export function writeOwners(owners: Owners): readonly ManagedFieldsEntry[] {
  return [...owners.values()]
    .filter(({ fields }) => !isEmptySet(fields))
    .map(({ manager, time, fields }) => ({
      manager: manager.name,
      operation: manager.operation,
      apiVersion: manager.apiVersion,
      ...(time === undefined ? {} : { time }),
      fieldsType: 'FieldsV1' as const,
      fieldsV1: toFieldsV1(fields),
      ...(manager.subresource === undefined ? {} : { subresource: manager.subresource }),
    }))
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey({ operation, time = '', manager, apiVersion, subresource = '' }: ManagedFieldsEntry): string {
  return [operation, time, manager, apiVersion, subresource].join('\u0000');
}

import type { ManagedFieldsEntry, ObjectMetadata } from '../objects/kube-object.ts';
import { type FieldSet, fromFieldsV1, isEmptySet, toFieldsV1 } from './field-set.ts';

/** A writer: its name, its operation and its subresource; managedFields has one entry for each. */
export interface Manager {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource?: string;
}

export interface Ownership {
  readonly manager: Manager;
  /** Absent where the real server drops it: first written through `/scale`, or applied without a change. */
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

/** The owned fields of each manager, by `managerKey`. */
export type Owners = ReadonlyMap<string, Ownership>;

/** The key of a manager: appliers are the same in every apiVersion, updaters differ by it. */
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

/** Returns the metadata with these managedFields; without the field when there are no entries. */
export function withManagedFields(metadata: ObjectMetadata, entries: readonly ManagedFieldsEntry[]): ObjectMetadata {
  const { managedFields: _, ...rest } = metadata;
  return entries.length === 0 ? rest : { ...rest, managedFields: entries };
}

/** Sorts the entries as the real server does: appliers first, then by time, manager and subresource. */
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

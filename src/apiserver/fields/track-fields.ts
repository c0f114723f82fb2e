import type { Json } from '../../schema/json.ts';
import type { Schema } from '../../schema/structural-schema.ts';
import {
  difference,
  type FieldSet,
  fieldSetOf,
  intersection,
  isEmptySet,
  noFields,
  union,
  without,
} from './field-set.ts';
import { type Manager, managerKey, type Owners, type Ownership } from './managed-fields.ts';
import { type Comparison, compareFields } from './owned-fields.ts';

/** Fields that no manager owns: they identify the object or belong to the API server. */
const unowned = fieldSetOf([
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map(field => ['f:metadata', `f:${field}`]),
]);

/** A write, with what is needed to update managedFields. */
export interface TrackedWrite {
  readonly before: Json;
  readonly after: Json;
  readonly schema: Schema;
  readonly manager: Manager;
  /** RFC 3339, in whole seconds. */
  readonly time: string;
  /** Top-level fields that this write cannot change, even when stated: `status`, or all but `status`. */
  readonly ignored: readonly string[];
}

/** The owners after an ordinary write: the changed fields belong to its manager only. */
export function trackUpdate(owners: Owners, write: TrackedWrite): Owners {
  const comparison = compareWrite(write);
  const taken = union(comparison.added, comparison.modified);
  const rest = new Map(loseFields(owners, union(taken, comparison.removed)));
  const owned = ownable(taken);
  if (isEmptySet(owned)) return rest;
  const key = managerKey(write.manager);
  const present = rest.get(key)?.fields ?? noFields;
  const time = write.manager.subresource === 'scale' ? owners.get(key)?.time : write.time;
  return rest.set(key, { manager: write.manager, time, fields: union(present, owned) });
}

/** Compares the object before and after a write, except for fields that the write cannot change. */
export function compareWrite({ before, after, schema, ignored }: TrackedWrite): Comparison {
  const { added, removed, modified } = compareFields(before, after, schema);
  const visible = (set: FieldSet) => ignoreFields(set, ignored);
  return { added: visible(added), removed: visible(removed), modified: visible(modified) };
}

export function ignoreFields(set: FieldSet, ignored: readonly string[]): FieldSet {
  return ignored.reduce((rest, field) => without(rest, `f:${field}`), set);
}

/** The fields of a set that can be owned. */
export function ownable(set: FieldSet): FieldSet {
  return difference(set, unowned);
}

/** Removes `fields` from all owners; drops owners without any field left. */
export function loseFields(owners: Owners, fields: FieldSet, except?: string): Owners {
  const left: [string, Ownership][] = [];
  for (const [key, owner] of owners) {
    const kept = key === except ? owner.fields : difference(owner.fields, fields);
    if (!isEmptySet(kept)) left.push([key, { ...owner, fields: kept }]);
  }
  return new Map(left);
}

/** The fields among `fields` that other managers own. */
export function heldByOthers(owners: Owners, fields: FieldSet, self: string): readonly Ownership[] {
  return [...owners].flatMap(([key, owner]) => {
    const held = intersection(owner.fields, fields);
    return key === self || isEmptySet(held) ? [] : [{ ...owner, fields: held }];
  });
}

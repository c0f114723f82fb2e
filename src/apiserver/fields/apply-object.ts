import type { JsonObject } from '../../schema/json.ts';
import { isSameJson } from '../../schema/json-value.ts';
import type { Schema } from '../../schema/structural-schema.ts';
import { applyConflict } from './apply-conflict.ts';
import { applyMerge } from './apply-merge.ts';
import { difference, type FieldSet, intersection, isEmptySet, noFields, union } from './field-set.ts';
import { type Manager, managerKey, type Owners, type Ownership } from './managed-fields.ts';
import { fieldsIn, removeFields, unionOf, withNamedFields } from './owned-fields.ts';
import { compareWrite, heldByOthers, ignoreFields, loseFields, ownable } from './track-fields.ts';

export interface Application {
  /** The stored object, or the empty one when the object is to be created. */
  readonly live: JsonObject;
  readonly config: JsonObject;
  readonly schema: Schema;
  readonly owners: Owners;
  readonly manager: Manager;
  readonly time: string;
  readonly ignored: readonly string[];
  readonly force: boolean;
}

export interface AppliedObject {
  /** The merged object, without defaults, so that a released field is absent. */
  readonly object: JsonObject;
  readonly owners: Owners;
}

/**
 * Performs a server-side apply: merges the configuration into the live object, removes what this manager applied before
 * and no longer applies (unless another manager owns it), and records the owners.
 *
 * @throws StatusError 409 Conflict with each field that another manager holds with another value, unless `force`
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export function applyObject(application: Application): AppliedObject {
  const { live, config, schema, owners, manager, time, ignored, force } = application;
  const self = managerKey(manager);
  const stated = ignoreFields(fieldsIn(config, schema), ignored);
  const last = owners.get(self)?.fields ?? noFields;
  const claimed = new Map(owners).set(self, { manager, time, fields: ownable(stated) });
  // No manager owns the name, though each states it. Claim it here: otherwise, releasing the last annotation would
  // remove all metadata.
  const claimedWithName = new Map(claimed).set(self, { manager, time, fields: stated });
  const object = release(applyMerge(live, config, schema), { claimed: claimedWithName, last, schema });

  const { added, modified, removed } = compareWrite({ before: live, after: object, schema, manager, time, ignored });
  const conflicts = heldByOthers(claimed, union(added, modified), self);
  if (conflicts.length > 0 && !force) throw applyConflict(conflicts.map(owner => named(owner, manager)));
  const lost = unionOf([...conflicts.map(({ fields }) => fields), removed]);
  const isTimed = manager.subresource !== 'scale' && !isSameJson(object, live);
  const stamped = isTimed ? time : owners.get(self)?.time;
  const dated = new Map(claimed).set(self, { manager, time: stamped, fields: ownable(stated) });
  return { object, owners: loseFields(dated, lost, self) };
}

/** The holder of a field as the conflict names it: through `/scale`, every field was written as a Scale. */
function named(owner: Ownership, { subresource }: Manager): Ownership {
  if (subresource !== 'scale') return owner;
  return { ...owner, manager: { ...owner.manager, apiVersion: 'autoscaling/v1' } };
}

interface Release {
  readonly claimed: Owners;
  /** The fields that the manager has owned until now. */
  readonly last: FieldSet;
  readonly schema: Schema;
}

/** Removes from the merged object what the manager no longer applies and no other manager owns. */
function release(merged: JsonObject, { claimed, last, schema }: Release): JsonObject {
  if (isEmptySet(last)) return merged;
  const named = (set: FieldSet) => withNamedFields(set, schema);
  const fieldsOf = (object: JsonObject) => named(fieldsIn(object, schema));
  const remove = (set: FieldSet) => removeFields(merged, set, schema) as JsonObject;

  const all = fieldsOf(merged);
  const owned = named(unionOf([...claimed.values()].map(({ fields }) => fields)));
  const bare = remove(named(last));
  const withOwned = remove(difference(all, union(fieldsOf(bare), owned)));
  return remove(intersection(difference(all, fieldsOf(withOwned)), named(last)));
}

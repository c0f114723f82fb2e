import { isJsonObject, type Json } from '../../schema/json.ts';
import { isSameJson } from '../../schema/json-value.ts';
import type { Schema } from '../../schema/structural-schema.ts';
import { commonShape, isEmptyValue, isNamedField, mergeShape, partSchema, partsOf } from '../objects/merge-shape.ts';
import { type FieldPath, type FieldSet, fieldSetOf, isEmptySet, noFields, union } from './field-set.ts';

/** The fields that a configuration states, which its applier will own. */
export function fieldsIn(value: Json, schema: Schema | undefined): FieldSet {
  return fieldSetOf(walkFields(value, schema, []));
}

function* walkFields(value: Json, schema: Schema | undefined, path: FieldPath): Generator<FieldPath> {
  const shape = mergeShape(value, schema);
  if (shape === 'leaf') {
    yield path;
    return;
  }
  for (const [element, part] of partsOf(value, schema)) {
    const partPath = [...path, element];
    yield* walkFields(part, partSchema(schema, element), partPath);
    const isBare = part === null || (isJsonObject(part) && isEmptyValue(part));
    if (shape === 'list' || isBare || !isNamedField(schema, element)) yield partPath;
  }
}

/** The differences between two versions of an object, per field. */
export interface Comparison {
  readonly added: FieldSet;
  readonly removed: FieldSet;
  readonly modified: FieldSet;
}

export function compareFields(before: Json, after: Json, schema: Schema | undefined): Comparison {
  const changes = [...walkChanges(before, after, schema, [])];
  const of = (kind: Change['kind']) =>
    fieldSetOf(changes.filter(change => change.kind === kind).map(({ path }) => path));
  return { added: of('added'), removed: of('removed'), modified: of('modified') };
}

interface Change {
  readonly kind: 'added' | 'removed' | 'modified';
  readonly path: FieldPath;
}

function* walkChanges(
  before: Json | undefined,
  after: Json | undefined,
  schema: Schema | undefined,
  path: FieldPath,
): Generator<Change> {
  if (before === after) return;
  const isLeaf = commonShape(before, after, schema) === 'leaf' || (isEmptyValue(before) && isEmptyValue(after));
  if (!isLeaf) {
    const [old, current] = [partsOf(before, schema), partsOf(after, schema)];
    for (const element of new Set([...old.keys(), ...current.keys()])) {
      const below = [...path, element];
      yield* walkChanges(old.get(element), current.get(element), partSchema(schema, element), below);
    }
  }
  if (before === undefined) yield { kind: 'added', path };
  else if (after === undefined) yield { kind: 'removed', path };
  else if (isLeaf && !isSameJson(before, after)) yield { kind: 'modified', path };
}

/** Adds every named field on the path to a member as a member, so that a struct is removed once all its fields are. */
export function withNamedFields(set: FieldSet, schema: Schema | undefined): FieldSet {
  const named = [...set.children.keys()].filter(element => isNamedField(schema, element));
  const children = [...set.children].map(
    ([element, child]) => [element, withNamedFields(child, partSchema(schema, element))] as const,
  );
  return { members: set.members.union(new Set(named)), children: new Map(children) };
}

/**
 * Removes the members of a set from a value; a map or list that loses all its content becomes null, as on the real
 * server.
 */
export function removeFields(value: Json, set: FieldSet, schema: Schema | undefined): Json {
  if (isEmptySet(set)) return value;
  const shape = mergeShape(value, schema);
  if (shape === 'leaf') return value;
  const kept = [...partsOf(value, schema)].flatMap(([element, part]) => {
    if (set.members.has(element)) return [];
    const below = set.children.get(element);
    return [[element, below === undefined ? part : removeFields(part, below, partSchema(schema, element))] as const];
  });
  if (kept.length === 0) return null;
  if (shape === 'list') return kept.map(([, item]) => item);
  return Object.fromEntries(kept.map(([element, part]) => [element.slice(2), part]));
}

export function unionOf(sets: Iterable<FieldSet>): FieldSet {
  return [...sets].reduce(union, noFields);
}

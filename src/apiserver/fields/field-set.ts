import { isJsonObject, type JsonObject } from '../../schema/json.ts';

/**
 * A set of fields as a tree of path elements, written as in managedFields: `f:spec`, `k:{"type":"Ready"}`, `v:"a"`. A
 * member is itself owned; a child leads to members below it. Immutable.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export interface FieldSet {
  readonly members: ReadonlySet<string>;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export type FieldPath = readonly string[];

export const noFields: FieldSet = { members: new Set(), children: new Map() };

export function fieldSetOf(paths: Iterable<FieldPath>): FieldSet {
  const members = new Set<string>();
  const below = new Map<string, FieldPath[]>();
  for (const [first, ...rest] of paths) {
    if (first === undefined) continue;
    if (rest.length === 0) members.add(first);
    else below.set(first, [...(below.get(first) ?? []), rest]);
  }
  return { members, children: new Map([...below].map(([element, tails]) => [element, fieldSetOf(tails)])) };
}

export function isEmptySet({ members, children }: FieldSet): boolean {
  return members.size === 0 && [...children.values()].every(isEmptySet);
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  const children = new Map(a.children);
  for (const [element, child] of b.children) children.set(element, union(children.get(element) ?? noFields, child));
  return { members: a.members.union(b.members), children };
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  const both = [...a.children].flatMap(([element, child]) => {
    const other = b.children.get(element);
    return other === undefined ? [] : [[element, intersection(child, other)] as const];
  });
  return tidy({ members: a.members.intersection(b.members), children: new Map(both) });
}

/** Removes exactly the members of `b`; what lies below them stays. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  const rest = [...a.children].map(([element, child]) => {
    const other = b.children.get(element);
    return [element, other === undefined ? child : difference(child, other)] as const;
  });
  return tidy({ members: a.members.difference(b.members), children: new Map(rest) });
}

/** Removes the field `element` and everything below it. */
export function without(set: FieldSet, element: string): FieldSet {
  const children = new Map(set.children);
  children.delete(element);
  return { members: set.members.difference(new Set([element])), children };
}

/** Yields every member as a path. */
export function* pathsOf({ members, children }: FieldSet): Generator<FieldPath> {
  for (const element of [...members].sort()) yield [element];
  for (const [element, child] of [...children].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const path of pathsOf(child)) yield [element, ...path];
  }
}

/**
 * Converts to the form of `fieldsV1`: `{ "f:spec": { "f:minReplicas": {} } }`, with `.` where a field with children is
 * itself a member.
 */
export function toFieldsV1({ members, children }: FieldSet): JsonObject {
  const elements = [...new Set([...members, ...children.keys()])].sort();
  const entries = elements.map(element => {
    const child = children.get(element);
    const below = child === undefined ? {} : toFieldsV1(child);
    const isOwned = members.has(element) && Object.keys(below).length > 0;
    return [element, isOwned ? { '.': {}, ...below } : below];
  });
  return Object.fromEntries(entries);
}

export function fromFieldsV1(fields: JsonObject): FieldSet {
  const members = new Set<string>();
  const children = new Map<string, FieldSet>();
  for (const [element, value] of Object.entries(fields)) {
    if (element === '.' || !isJsonObject(value)) continue;
    const below = fromFieldsV1(value);
    if (value['.'] !== undefined || isEmptySet(below)) members.add(element);
    if (!isEmptySet(below)) children.set(element, below);
  }
  return { members, children };
}

function tidy({ members, children }: FieldSet): FieldSet {
  return { members, children: new Map([...children].filter(([, child]) => !isEmptySet(child))) };
}

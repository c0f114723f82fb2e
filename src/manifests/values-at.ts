import { ownValue } from '../api/names/own-value.ts';
import { isJsonObject } from '../schema/json.ts';
import type { FieldPath } from './yaml-document.ts';

/** A value with its path below the one that was searched. */
interface PlacedValue {
  readonly field: FieldPath;
  readonly value: unknown;
}

/**
 * Lists the values that a path such as `containers|initContainers[].ports[].name` leads to, in each item of either list;
 * those that are left out or null excepted.
 */
export function valuesAt(root: unknown, path: string): readonly PlacedValue[] {
  let found: readonly PlacedValue[] = [{ field: [], value: root }];
  for (const step of path.split('.')) {
    const isList = step.endsWith('[]');
    const names = (isList ? step.slice(0, -2) : step).split('|');
    found = found.flatMap(each => names.flatMap(name => inside(each, name, isList)));
    if (found.length === 0) return found;
  }
  return found;
}

function inside({ field, value: outer }: PlacedValue, name: string, isList: boolean): readonly PlacedValue[] {
  const value = isJsonObject(outer) ? ownValue(outer, name) : undefined;
  if (value == null) return [];
  const at = [...field, name];
  if (!isList) return [{ field: at, value }];
  return Array.isArray(value) ? value.map((item: unknown, index) => ({ field: [...at, index], value: item })) : [];
}

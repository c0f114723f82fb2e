import { ownValue } from '../../api/names/own-value.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Builds the JSON merge patch (RFC 7386) that turns `before` into `after`; undefined when nothing differs. Lists are
 * replaced whole; a removed key becomes null.
 *
 * @example statusPatch({ a: 1, b: { c: 2 } }, { b: { c: 3 } }) // => { a: null, b: { c: 3 } }
 */
export function statusPatch(before: Json, after: Json): Json | undefined {
  const patch: [string, unknown][] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const old = ownValue(before, key);
    const wanted = ownValue(after, key);
    if (wanted === undefined) {
      if (old !== undefined) patch.push([key, null]);
    } else if (isObject(old) && isObject(wanted)) {
      const inner = statusPatch(old, wanted);
      if (inner !== undefined) patch.push([key, inner]);
    } else if (!isSame(old, wanted)) patch.push([key, wanted]);
  }
  return patch.length === 0 ? undefined : Object.fromEntries(patch);
}

function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  if (isObject(one) && isObject(other)) return statusPatch(one, other) === undefined;
  return one === other;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

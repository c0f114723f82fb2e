import { isDeepStrictEqual } from 'node:util';

/** Whether two JSON values have the same content, whatever the order of their keys. */
export function isSameJson(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}

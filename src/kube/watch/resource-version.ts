/**
 * Negative when `a` is older than `b`, positive when newer, 0 when the same: the longer number is the newer one, equal
 * lengths compare as text. Resource versions are decimal numbers that may exceed 2⁵³.
 *
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/5504-comparable-resource-version
 */
export function compareResourceVersions(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a < b ? -1 : 1;
}

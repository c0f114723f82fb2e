/**
 * Compares two resource versions: negative when `a` is older than `b`, positive when newer, 0 when equal. They are
 * decimal numbers that may exceed 2⁵³: the longer text is the newer one, equal lengths compare as text.
 *
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/5504-comparable-resource-version
 */
export function compareResourceVersions(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a < b ? -1 : 1;
}

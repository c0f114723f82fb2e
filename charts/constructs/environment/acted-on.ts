/**
 * Fields that the facts can fill but the operator does not support yet. It would refuse a manifest with such a field as
 * `NotSupported`, so the field is left out. A test compares this list with the operator's own.
 */
export const withheld: readonly string[] = ['ScalingTarget spec.uses', 'ScalingPolicy spec.limits'];

/** Whether the operator supports a field today. */
export function isActedOn(kind: string, field: string): boolean {
  return !withheld.includes(`${kind} ${field}`);
}

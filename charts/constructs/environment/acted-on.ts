/**
 * Fields that the facts could fill and that the operator does not act on yet: a manifest that stated one would be refused
 * with `NotSupported`, so it is left out until the operator serves it. A test compares this with the operator's own table.
 */
export const withheld: readonly string[] = [
  'ScalingTarget spec.uses',
  'ScalingPolicy spec.approval',
  'ScalingPolicy spec.limits',
];

/** Whether the operator acts on a field today. */
export function isActedOn(kind: string, field: string): boolean {
  return !withheld.includes(`${kind} ${field}`);
}

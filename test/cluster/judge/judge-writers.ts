import { formatInstant, type Span, type SpecWrite } from './trace.ts';

/** Resources whose specs only the operator may write while it runs. */
const guarded = new Set(['horizontalpodautoscalers', 'scalingtargets', 'saleplans']);

/**
 * Complaints about writes to the spec of an HPA, ScalingTarget or SalePlan by others than `operator`, or when it wrote
 * none.
 */
export function judgeWriters(writes: readonly SpecWrite[], operator: string, span: Span): readonly string[] {
  const within = writes.filter(({ at, resource }) => guarded.has(resource) && span.start <= at && at < span.end);
  const unknownCallees = within.filter(({ user }) => user !== operator);
  const complaints = unknownCallees.map(
    ({ at, user, verb, resource, name }) => `${user} did ${verb} ${resource}/${name} at ${formatInstant(at)}`,
  );
  if (within.some(({ user, resource }) => user === operator && resource === 'horizontalpodautoscalers'))
    return complaints;
  return [
    ...complaints,
    `${operator} wrote no HPA between ${formatInstant(span.start)} and ${formatInstant(span.end)}`,
  ];
}

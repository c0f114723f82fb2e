/** Whether an objective with a query states what the query's values are compared with. */
export function isComparable(objective: {
  readonly query?: string | undefined;
  readonly p95Milliseconds?: number | undefined;
}): boolean {
  return objective.query === undefined || objective.p95Milliseconds !== undefined;
}

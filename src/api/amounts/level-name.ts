/** Name of a quantile level (0–1): 0.95 → `P95`, 0.995 → `P99.5`. */
export function levelName(level: number): string {
  return `P${Number((100 * level).toPrecision(6))}`;
}

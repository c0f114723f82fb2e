/** 0.95 → `P95`. */
export function levelName(level: number): string {
  return `P${Number((100 * level).toPrecision(6))}`;
}

/** Steps at which metric stores and spreadsheets hold values, in seconds. */
const usualSteps = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 14_400, 21_600, 28_800,
  43_200, 86_400, 604_800,
];

/**
 * Chooses the step of rows in order of time, in milliseconds: the distance of most of them, or the usual step nearest to
 * their median distance when their times jitter.
 */
export function chooseStep(rows: readonly { readonly at: number }[]): number {
  const distances = rows.slice(1).map(({ at }, i) => at - (rows[i]?.at ?? at));
  const counts = new Map<number, number>();
  for (const distance of distances) {
    // Scrapes are slightly late.
    const step = distance < 1000 ? distance : Math.round(distance / 1000) * 1000;
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  const [[commonest, often] = [60_000, 0]] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  if (often >= 0.5 * distances.length) return nearUsual(commonest, 0.02);
  const sorted = distances.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? commonest;
  const jittered = nearUsual(median, 0.15);
  return jittered === median ? commonest : jittered;
}

/** The usual step within a share of a distance, else the distance itself. */
function nearUsual(distance: number, share: number): number {
  const near = usualSteps.find(seconds => Math.abs(distance - seconds * 1000) <= share * seconds * 1000);
  return near === undefined || distance < 1000 ? distance : near * 1000;
}

import type { SalePlan } from '../../../api/sale-plan.ts';

/** How the forecast of one past sale did at one target. */
export interface PastCoverage {
  readonly salePlan: string;
  /** Share of minutes with demand at or below P95, in percent. */
  readonly coveragePercent: number;
  /** Highest forecast P50 ÷ highest demand − 1, in percent; absent where it was not measured. */
  readonly peakErrorPercent?: number | undefined;
}

/** The newest reviewed sales that were measured at a target, newest first. */
export function pastCoverage(target: string, salePlans: readonly SalePlan[], most: number): readonly PastCoverage[] {
  const known = coverages.get(salePlans) ?? coverageByTarget(salePlans);
  coverages.set(salePlans, known);
  return known.get(target)?.slice(0, most) ?? [];
}

/** What was measured at each target, by the list of SalePlans: all targets of a plan ask the same list. */
const coverages = new WeakMap<readonly SalePlan[], ReadonlyMap<string, readonly PastCoverage[]>>();

/** Newest first, by target. */
function coverageByTarget(salePlans: readonly SalePlan[]): ReadonlyMap<string, readonly PastCoverage[]> {
  const reviewed = salePlans.flatMap(({ metadata, status }) =>
    status?.review === undefined
      ? []
      : [{ at: Date.parse(status.review.reviewedAt), salePlan: metadata.name, targets: status.review.targets }],
  );
  const found = new Map<string, PastCoverage[]>();
  for (const { salePlan, targets } of reviewed.sort((a, b) => b.at - a.at || (a.salePlan < b.salePlan ? 1 : -1)))
    for (const { target, coveragePercent, peakErrorPercent } of targets) {
      if (coveragePercent === undefined) continue;
      const past = { salePlan, coveragePercent, peakErrorPercent };
      const before = found.get(target);
      if (before === undefined) found.set(target, [past]);
      else before.push(past);
    }
  return found;
}

/** Formats a share in percent: 93.4 → `93 %`. */
export function formatShare(percent: number): string {
  return `${Math.round(percent)} %`;
}

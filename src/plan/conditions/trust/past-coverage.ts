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
  const reviewed = salePlans.flatMap(({ metadata, status }) => {
    const found = status?.review?.targets.find(one => one.target === target);
    if (status?.review === undefined || found?.coveragePercent === undefined) return [];
    const { coveragePercent, peakErrorPercent } = found;
    return [{ at: Date.parse(status.review.reviewedAt), salePlan: metadata.name, coveragePercent, peakErrorPercent }];
  });
  return reviewed
    .toSorted((a, b) => b.at - a.at || (a.salePlan < b.salePlan ? 1 : -1))
    .slice(0, most)
    .map(({ at: _, ...past }) => past);
}

/** Formats a share in percent: 93.4 → `93 %`. */
export function formatShare(percent: number): string {
  return `${Math.round(percent)} %`;
}

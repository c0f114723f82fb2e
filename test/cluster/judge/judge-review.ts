import { demandSteps, type Need, type Span } from './trace.ts';

/** The part of a SalePlan's status that is judged. */
export interface ReviewedPlan {
  readonly review?: {
    readonly targets: readonly {
      readonly target: string;
      readonly wapePercent?: number;
      readonly biasPercent?: number;
      readonly coveragePercent?: number;
      readonly minutesShort: number;
    }[];
  };
  readonly timeline?: readonly {
    readonly target: string;
    readonly points: readonly {
      readonly t: string;
      readonly demand: number | null;
      readonly forecast: number | null;
    }[];
  }[];
}

/** How far the recorded demand may be from the truth: the store's rate() smooths over a minute. */
const tolerancePercent = 15;

/** Complaints when the forecast-against-actual report is missing, empty, or speaks of another demand than there was. */
export function judgeReview(status: ReviewedPlan, need: Need, target: string, sale: Span): readonly string[] {
  const review = status.review?.targets.find(candidate => candidate.target === target);
  if (review === undefined) return [`${target}: no review`];
  const complaints = (['wapePercent', 'biasPercent', 'coveragePercent'] as const)
    .filter(measure => !Number.isFinite(review[measure]))
    .map(measure => `${target}: the review has no ${measure}`);

  const points = status.timeline?.find(candidate => candidate.target === target)?.points ?? [];
  const within = points.filter(({ t }) => Date.parse(t) >= sale.start && Date.parse(t) < sale.end);
  const recorded = within.map(({ demand }) => demand).filter(demand => demand !== null);
  if (recorded.length === 0) return [...complaints, `${target}: the timeline has no demand inside the sale`];
  if (!within.some(({ forecast }) => forecast !== null)) complaints.push(`${target}: the timeline has no forecast`);
  const truth = mean(demandSteps(need, sale).map(({ demand }) => demand));
  const off = (100 * Math.abs(mean(recorded) - truth)) / truth;
  if (off <= tolerancePercent) return complaints;
  return [
    ...complaints,
    `${target}: the timeline's mean demand is ${mean(recorded).toFixed(1)}/s, in truth ${truth.toFixed(1)}/s`,
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

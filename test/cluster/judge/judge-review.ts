import { parseMeasure } from './parse-measure.ts';
import { demandSteps, formatInstant, type Need, type Span } from './trace.ts';

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
      /** Quantities; absent when nothing was measured or forecast. */
      readonly demand?: string;
      readonly forecast?: string;
    }[];
  }[];
}

/** Milliseconds before a point that its value, the newest complete step, may come from. */
const windowMs = 150_000;
/**
 * Largest relative difference (0–1) from all actual values of that time: the store's rate() smooths and extrapolates.
 */
const toleranceRatio = 0.15;
/** Fewest points of a report: a killed process leaves a gap in the record, but not an empty one. */
const fewestPoints = 3;

/** Complaints when the forecast-against-actual report is missing, empty, or differs from the actual demand. */
export function judgeReview(status: ReviewedPlan, need: Need, target: string, sale: Span): readonly string[] {
  const review = status.review?.targets.find(candidate => candidate.target === target);
  if (review === undefined) return [`${target}: no review`];
  const missing = (['wapePercent', 'biasPercent', 'coveragePercent'] as const)
    .filter(measure => !Number.isFinite(review[measure]))
    .map(measure => `${target}: the review has no ${measure}`);

  const points = status.timeline?.find(candidate => candidate.target === target)?.points ?? [];
  const measured = points.flatMap(({ t, demand, forecast }) => {
    const at = Date.parse(t);
    return demand !== undefined && at >= sale.start && at < sale.end
      ? [{ at, demand: parseMeasure(demand), forecast }]
      : [];
  });
  if (measured.length < fewestPoints) {
    return [...missing, `${target}: the timeline has ${measured.length} measured points inside the sale`];
  }
  if (!measured.some(({ forecast }) => forecast !== undefined)) missing.push(`${target}: the timeline has no forecast`);
  return [...missing, ...measured.flatMap(point => judgePoint(point, need))];
}

function judgePoint({ at, demand }: { readonly at: number; readonly demand: number }, need: Need): readonly string[] {
  const truth = demandSteps(need, { start: at - windowMs, end: at }).map(step => step.demand);
  const [least, most] = [Math.min(...truth) * (1 - toleranceRatio), Math.max(...truth) * (1 + toleranceRatio)];
  if (demand >= least && demand <= most) return [];
  const range = `${least.toFixed(1)} to ${most.toFixed(1)}/s`;
  return [`${need.workload}: the timeline tells ${demand.toFixed(1)}/s at ${formatInstant(at)}, in truth ${range}`];
}

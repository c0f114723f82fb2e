import { parseMeasure } from './parse-measure.ts';
import { type BoundsSeen, formatInstant, type Need, replicasFor, type Span, seenAt } from './trace.ts';

/** The plan of one target in a SalePlan just before the sale; instants are RFC 3339, measures Quantities. */
export interface PromisedPlan {
  readonly madeAt: string;
  readonly prescaleTime: string;
  readonly targets: readonly {
    readonly target: string;
    readonly steps: readonly PromisedStep[];
    readonly peak: { readonly quantiles: readonly { readonly level: string; readonly requestsPerSecond: string }[] };
  }[];
}

interface PromisedStep {
  readonly from: string;
  readonly minReplicas: number;
}

export interface PlannedAsk {
  /** Bounds of one HPA, in order of time. */
  readonly bounds: readonly BoundsSeen[];
  readonly plan: PromisedPlan;
  readonly need: Need;
  readonly headroomPercent: number;
  /** The sale's start, and the instant until which its floor must be in force. */
  readonly span: Span;
  /** Milliseconds before the start at which the controllers need the floor. */
  readonly leadMs: number;
  /** Milliseconds by which the bounds may be late. */
  readonly graceMs: number;
}

/** Share (0–1) of the floor below which a change, or one of less than one replica, is not recorded as a new plan. */
const sameFloorShare = 0.05;

/**
 * Complaints when the planned floor is not the P95 of the sale's peak with headroom, is due too late, or is not the
 * minimum in force from its due time on.
 */
export function judgePlanned(ask: PlannedAsk): readonly string[] {
  const { plan, need, span, leadMs, graceMs } = ask;
  const steps = plan.targets.find(({ target }) => target === need.workload)?.steps ?? [];
  if (steps.length === 0) return [`${need.workload}: nothing was planned`];
  const due = Date.parse(plan.prescaleTime) + graceMs;
  const late =
    due > span.start - leadMs
      ? [`${need.workload}: planned for ${plan.prescaleTime}, too late for the start at ${formatInstant(span.start)}`]
      : [];
  return [...late, ...judgeSize(ask, steps), ...judgeInForce(ask, steps, due)];
}

/** Checks that the floor of the newest revision is the one that its own P95 needs. */
function judgeSize({ plan, need, headroomPercent }: PlannedAsk, steps: readonly PromisedStep[]): readonly string[] {
  const quantiles = plan.targets.find(({ target }) => target === need.workload)?.peak.quantiles ?? [];
  const peak = parseMeasure(quantiles.find(({ level }) => parseMeasure(level) === 0.95)?.requestsPerSecond ?? '');
  const madeAt = Date.parse(plan.madeAt);
  const planned = Math.max(...stepsFrom(steps, madeAt).map(({ minReplicas }) => minReplicas));
  const asked = replicasFor(peak * (1 + headroomPercent / 100), need.capacityPerReplica);
  // Measures are rounded to thousandths, so a peak near the limit of a replica may need one more or less.
  if (Math.abs(planned - asked) <= 1) return [];
  return [`${need.workload}: ${planned} replicas are planned, its P95 of ${peak.toFixed(1)}/s asks for ${asked}`];
}

function judgeInForce(
  { bounds, need, span }: PlannedAsk,
  steps: readonly PromisedStep[],
  due: number,
): readonly string[] {
  const inForce = seenAt(bounds, due);
  if (inForce === undefined) return [`${need.workload}: no minimum is known at ${formatInstant(due)}`];
  const later = bounds.filter(({ at }) => at > due && at < span.end);
  return [{ ...inForce, at: due }, ...later].flatMap(({ at, minReplicas }) => {
    const known = stepsUntil(steps, Math.min(at, span.start)).map(step => step.minReplicas);
    const [planned = Number.POSITIVE_INFINITY, highest] = [known.at(-1), Math.max(...known)];
    const isTooLow = planned - minReplicas >= leastMove(planned);
    // Before the start a floor only rises: if a later plan is lower, the highest planned floor stays in force.
    const isTooHigh = at <= span.start && minReplicas - highest >= leastMove(highest);
    if (!isTooLow && !isTooHigh) return [];
    return [`${need.workload}: minReplicas ${minReplicas} at ${formatInstant(at)}, planned were ${planned}`];
  });
}

/** Number of replicas by which a floor must differ to be a new plan. */
function leastMove(floor: number): number {
  return floor === Number.POSITIVE_INFINITY ? 1 : Math.max(1, floor * sameFloorShare);
}

function stepsUntil(steps: readonly PromisedStep[], instant: number): readonly PromisedStep[] {
  return steps.filter(({ from }) => Date.parse(from) <= instant);
}

/** The step in force at an instant, and the later ones. */
function stepsFrom(steps: readonly PromisedStep[], instant: number): readonly PromisedStep[] {
  return steps.slice(Math.max(0, stepsUntil(steps, instant).length - 1));
}

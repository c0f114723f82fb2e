import { formatInstant, parseInstant } from '../api/instant.ts';
import { isMissing } from '../api/missing.ts';
import type { SalePlanStatus, TimelinePoint } from '../api/sale-plan.ts';
import type { Observation, TargetObservation } from '../observe/observation.ts';
import type { Plan, SaleOutlook, TargetPlan } from '../plan/plan.ts';

/** The record of one target during one sale. */
export type TargetTimeline = NonNullable<SalePlanStatus['timeline']>[number];

/** Points per target at most, as the schema says, and of all targets together, so that a SalePlan stays below 500 kB. */
const mostPoints = 120;
const mostPointsTogether = 2_500;
const minuteMs = 60_000;
const batchMs = 5 * minuteMs;

/**
 * Adds the point that is due now to the record of a sale: the measured demand of the newest complete step, its
 * forecast, the floor in force and the ready replicas. One point per slot (a minute; longer for sales of about two
 * hours or more), so that a sale fits into 120 points per target, fewer above 20 targets (25 at 100). A slot without a
 * reconcile stays a gap; a second call for the same slot adds nothing.
 */
export function extendTimeline(input: {
  readonly present: readonly TargetTimeline[];
  readonly observation: Observation;
  readonly plan: Plan;
  readonly outlook: SaleOutlook;
}): readonly TargetTimeline[] {
  const { present, observation, plan, outlook } = input;
  const { now } = observation;
  if (now < outlook.prescaleTime || now > outlook.end + batchMs) return present;
  const names = [...new Set([...present, ...outlook.targets].map(({ target }) => target))].sort().slice(0, 100);
  const most = Math.min(mostPoints, Math.floor(mostPointsTogether / Math.max(1, names.length)));
  const slotMs = slotLength(outlook, most);
  return names.map(name => {
    const points = present.find(({ target }) => target === name)?.points ?? [];
    const observed = observation.targets.find(({ target }) => target.metadata.name === name);
    const planned = plan.targets.find(({ target }) => target === name);
    const last = points.at(-1);
    const isTaken = last !== undefined && slotOf(last, slotMs) >= Math.floor(now / slotMs);
    if (observed === undefined || planned === undefined || isTaken) return { target: name, points };
    return { target: name, points: thin([...points, pointAt(now, observed, planned)], slotMs, most) };
  });
}

/**
 * Whether the record has grown enough to be stored: five minutes since the newest stored point, or the sale is over.
 */
export function isTimelineDue(
  stored: readonly TargetTimeline[],
  extended: readonly TargetTimeline[],
  outlook: SaleOutlook,
): boolean {
  const [before, after] = [newest(stored), newest(extended)];
  if (after === undefined || after === before) return false;
  return before === undefined || after - before >= batchMs || after >= outlook.end;
}

/**
 * The length of a slot in ms: whole minutes, so many that at most `most` slots lie between prescaleTime and five minutes
 * after the end.
 */
function slotLength({ prescaleTime, end }: SaleOutlook, most: number): number {
  const minutes = Math.ceil((end + batchMs - prescaleTime) / minuteMs / (most - 1));
  return Math.max(1, minutes) * minuteMs;
}

function pointAt(
  now: number,
  { demand, workload, autoscalers }: TargetObservation,
  planned: TargetPlan,
): TimelinePoint {
  const stepMs = isMissing(demand) ? 0 : demand.recent.stepSeconds * 1000;
  const isFresh = !isMissing(demand) && demand.ageSeconds * 1000 <= 2 * stepMs;
  const measured = isFresh ? demand.recent.values.at(-1) : undefined;
  const autoscaler = autoscalers.find(({ name }) => name === planned.autoscaler);
  const replicas = isMissing(workload) ? 0 : workload.replicas;
  return {
    t: formatInstant(now),
    ...(typeof measured === 'number' ? { demand: measured } : {}),
    ...(planned.expected === undefined ? {} : { forecast: planned.expected.forecast, upper: planned.expected.upper }),
    floor: autoscaler?.minReplicas ?? replicas,
    ready: isMissing(workload) ? 0 : workload.readyReplicas,
  };
}

/** Keeps the first point of each slot: when a sale is extended, its slots become longer. */
function thin(points: readonly TimelinePoint[], slotMs: number, most: number): TimelinePoint[] {
  if (points.length <= most) return [...points];
  const first = points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || slotOf(before, slotMs) < slotOf(point, slotMs);
  });
  return first.length < points.length ? thin(first, slotMs, most) : thin(first, slotMs * 2, most);
}

function slotOf({ t }: TimelinePoint, slotMs: number): number {
  return Math.floor(parseInstant(t) / slotMs);
}

function newest(timeline: readonly TargetTimeline[]): number | undefined {
  const times = timeline.flatMap(({ points }) => points.slice(-1).map(({ t }) => parseInstant(t)));
  return times.length === 0 ? undefined : Math.max(...times);
}

import type { DeployFreeze } from '../api/series/deploy-freezes.ts';
import type { Observation } from '../observe/observation.ts';
import type { Occurrence } from './accept/occurrence.ts';
import { standsRaised } from './accept/target-standing.ts';
import { nextFit } from './demand/fit-boundary.ts';
import type { DesiredFloor } from './floor/desired-floor.ts';
import type { ScheduledSale } from './floor/schedule-sales.ts';
import type { SaleOutlook, StrayPlan } from './plan.ts';
import type { RoomPlan } from './room/room-plan.ts';

/** Milliseconds before the start of a sale from which all that stands in its way is looked at often. */
const watchedMs = 86_400_000;
const hourMs = 3_600_000;
/** Milliseconds after an hour at which what it showed is looked at. */
const lessonMs = 10 * 60_000;

/**
 * The latest time of the next reconcile, epoch ms: when room for the next sale is to be opened, it is to be raised, begins
 * or ends, a freeze window opens or closes, and at the next fit; after one tick while anything is raised, covered, kept room for, due for its review, may peak at any time, or is to be restored
 * although its target refers to it no longer; after `staleAfterSeconds` while a sale begins within a day, so that what
 * stands in its way is told while a person can still act.
 */
export function nextReconcile({
  observation: { now, limits },
  open,
  sales,
  desiredFloors,
  past,
  strays,
  rooms,
  freezes,
}: {
  readonly observation: Observation;
  /** All sales that are not over. */
  readonly open: readonly Pick<Occurrence, 'start'>[];
  /** Those that are planned now. */
  readonly sales: readonly ScheduledSale[];
  readonly desiredFloors: readonly DesiredFloor[];
  readonly past: readonly SaleOutlook[];
  readonly strays: readonly StrayPlan[];
  readonly rooms: {
    readonly standing: readonly RoomPlan[];
    /** When each room opens, epoch ms. */
    readonly openTimes: readonly { readonly openTime: number }[];
  };
  readonly freezes: readonly DeployFreeze[];
}): number {
  const isBusy =
    strays.length > 0 ||
    rooms.standing.some(({ pods, placeholder }) => pods > 0 || (placeholder?.live ?? 0) > 0) ||
    sales.some(({ covers }) => covers) ||
    past.some(({ stage }) => stage === 'Over') ||
    desiredFloors.some(
      desired => standsRaised(desired) || desired.emergency !== undefined || desired.observed.target.spec.ordinaryPeaks,
    );
  const isNear = open.some(({ start }) => start - watchedMs <= now);
  const lookMs = isNear ? limits.staleAfterSeconds * 1000 : Number.POSITIVE_INFINITY;
  const rest = isBusy ? now + limits.tickSeconds * 1000 : Math.min(now + lookMs, nextFit(now));
  const turns = sales.flatMap(({ prescaleTime, occurrence }) => [prescaleTime, occurrence.start, occurrence.end]);
  const opened = rooms.openTimes.map(({ openTime }) => openTime);
  const lessons = desiredFloors.some(teachesByTheHour) ? [nextLesson(now)] : [];
  const ends = desiredFloors.flatMap(({ emergency }) => emergency?.end ?? []);
  const windows = freezes.flatMap(({ start, end }) => [start, end]);
  return Math.min(rest, ...[...turns, ...opened, ...ends, ...windows, ...lessons].filter(turn => turn > now));
}

/** Whether the answer times of a target are read, of which the status keeps what each hour shows. */
function teachesByTheHour({ observed }: DesiredFloor): boolean {
  return observed.target.spec.objective?.query !== undefined;
}

/** The next time (epoch ms) at which the samples of a whole hour have arrived. */
function nextLesson(now: number): number {
  return Math.floor((now - lessonMs) / hourMs + 1) * hourMs + lessonMs;
}

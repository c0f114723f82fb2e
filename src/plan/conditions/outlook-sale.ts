import { isMissing } from '../../api/missing.ts';
import type { PlannedTarget, ReasonStep } from '../../api/sale-plan.ts';
import type { Limits } from '../../observe/observation.ts';
import type { Occurrence } from '../accept/occurrence.ts';
import type { Curve } from '../demand/curve.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import { explainPlannedSteps } from '../floor/explain-planned-steps.ts';
import { peakAtEntry } from '../floor/peak-at-entry.ts';
import { type PlannedFloor, plannedFloors } from '../floor/planned-floors.ts';
import { explainWhole } from '../floor/replica-needs.ts';
import { sizingOf } from '../floor/replicas/divide-by-capacity.ts';
import type { ReplicaChain } from '../floor/replicas/replica-chain.ts';
import type { SaleNeed } from '../floor/sale-need.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import { type SurgeRoom, saleSurgeRooms, surgeRoomSteps } from '../floor/surge-room.ts';
import type { SaleOutlook } from '../plan.ts';
import { explainRoom, roomOfSale } from '../room/room-of-sale.ts';
import type { FeasibleFinding } from '../sale-finding.ts';
import { describePeak, type KnownPeak } from './peak/describe-peak.ts';
import { describeRange } from './peak/describe-range.ts';
import { plannedCost } from './planned-cost.ts';
import { plannedPeak } from './planned-peak.ts';
import { plannedSteps } from './planned-steps.ts';

/** A sale from the merchandiser's side, without its conditions. */
export type Outlook = Omit<SaleOutlook, 'conditions' | 'verdict' | 'findings'>;

/** The outlook of a sale that is not over. */
export type OpenOutlook = Outlook & {
  readonly stage: 'Ahead' | 'Prescaling' | 'Running';
  readonly findings: readonly FeasibleFinding[];
};

/** Builds the outlook of a sale that is not over, from its needs and the limits. */
export function outlookSale(input: {
  readonly sale: ScheduledSale;
  readonly desiredFloors: readonly DesiredFloor[];
  readonly chain: ReplicaChain;
  readonly limits: Limits;
  /** Epoch ms. */
  readonly now: number;
  /** All that may leave it short, worst first. */
  readonly findings: readonly FeasibleFinding[];
  /** What the room for each target depends on. */
  readonly rooms: Parameters<typeof roomOfSale>[2];
  /** What the report of the newest sale like it said to state. */
  readonly advised?: KnownPeak['advised'];
}): OpenOutlook {
  const { sale, desiredFloors, chain, limits, now, findings, advised } = input;
  const { occurrence, prescaleTime, mode } = sale;
  const reached = desiredFloors.filter(({ name }) => sale.needs.has(name));
  const floors = plannedFloors(sale, chain);
  const rooms = saleSurgeRooms(sale, desiredFloors, { chain, limits });
  const targets = reached
    .map(desired =>
      plannedTarget({ sale, desired, floors: floors.get(desired.name) ?? [], rooms, limits, now, room: input.rooms }),
    )
    .filter(target => target !== undefined);
  const isWatched = reached.every(({ forecastOnlyBy }) => forecastOnlyBy !== undefined);
  return {
    ...identity(occurrence),
    prescaleTime,
    ...peakOfSale(sale, isWatched || mode === 'ForecastOnly' ? undefined : targets, advised),
    extraReplicas: targets.reduce((sum, { extra }) => sum + extra, 0),
    stage: now < prescaleTime ? 'Ahead' : now < occurrence.start ? 'Prescaling' : 'Running',
    mode: isWatched ? 'ForecastOnly' : mode,
    targets: targets.map(({ planned }) => planned),
    curves: curvesOf(sale),
    risks: findings.map(({ message }) => message),
    findings,
  };
}

function curvesOf({ needs }: ScheduledSale): ReadonlyMap<string, Curve> {
  const curves = new Map<string, Curve>();
  needs.forEach(({ total }, name) => {
    if (!isMissing(total)) curves.set(name, total);
  });
  return curves;
}

/** Builds the outlook of a sale that is over or was called off: it is due for its review, or only serves as history. */
export function outlookPast(occurrence: Occurrence, risks: readonly string[]): Outlook {
  const { record, start, end } = occurrence;
  const isUnreviewed = record !== undefined && record.status?.review === undefined && start < end;
  const plan = record?.status?.plan;
  return {
    ...identity(occurrence),
    prescaleTime: plan === undefined ? start : Date.parse(plan.prescaleTime),
    extraReplicas: plan?.extraReplicas ?? 0,
    stage: isUnreviewed ? 'Over' : 'Past',
    mode: occurrence.spec.mode ?? 'Apply',
    targets: plan?.targets ?? [],
    risks,
  };
}

function identity(occurrence: Occurrence) {
  const { sale, uid, salePlan, stated, isShown, series, start, end, entryPoints, gone } = occurrence;
  return {
    sale,
    saleUid: uid,
    salePlan,
    ...(gone === undefined ? {} : { gone }),
    ...(stated === undefined ? {} : { announced: stated }),
    ...(isShown === undefined ? {} : { isShown }),
    ...(series === undefined ? {} : { series }),
    start,
    end,
    entryPoints,
  };
}

/** Time and height of the sale's highest minute, and what it is planned from; empty without a forecast. */
function peakOfSale(
  sale: ScheduledSale,
  raised: readonly { readonly coveredShare: number }[] | undefined,
  advised: KnownPeak['advised'],
): Pick<SaleOutlook, 'peakTime' | 'peakPercent' | 'peakBasis' | 'peakRange' | 'together'> {
  const peak = peakAtEntry(sale);
  if (peak === undefined) return {};
  const { peakTime, peakPercent, ratios, pastRatios, range, together } = peak;
  if (ratios === undefined || peakPercent === undefined) return { peakTime };
  const { expectedPeakPercent, minPeakPercent } = sale.occurrence.spec;
  const least = minPeakPercent === undefined ? undefined : minPeakPercent / 100;
  const covered = raised === undefined ? undefined : Math.min(1, ...raised.map(({ coveredShare }) => coveredShare));
  const peakBasis = describePeak({
    stated: expectedPeakPercent === undefined ? undefined : expectedPeakPercent / 100,
    past: pastRatios,
    similar: sale.occurrence.similar?.known ?? [],
    advised,
    planned: ratios.median,
    least,
    safe: covered === undefined ? undefined : covered * Math.max(ratios.upper, least ?? 0),
  });
  const peakRange = range === undefined ? undefined : describeRange({ ...ratios, ...range });
  return {
    peakTime,
    peakPercent,
    peakBasis,
    ...(peakRange === undefined ? {} : { peakRange }),
    ...(together === undefined ? {} : { together }),
  };
}

interface Planned {
  readonly planned: PlannedTarget;
  /** Replicas above the baseline. */
  readonly extra: number;
  /** Share (0–1) of the needed replicas that the limits leave. */
  readonly coveredShare: number;
}

function plannedTarget(input: {
  readonly sale: ScheduledSale;
  readonly desired: DesiredFloor;
  readonly floors: readonly PlannedFloor[];
  readonly rooms: ReadonlyMap<string, SurgeRoom>;
  readonly limits: Limits;
  readonly now: number;
  readonly room: Parameters<typeof roomOfSale>[2];
}): Planned | undefined {
  const { sale, desired, floors, rooms, limits, now } = input;
  const { name, observed, refusal } = desired;
  const [need, whole, room] = [sale.needs.get(name), sale.whole.get(name), rooms.get(name)];
  if (need === undefined || whole === undefined) return undefined;
  const steps = plannedSteps({ floors, end: need.occurrence.end, desired, room, limits });
  const cost = plannedCost(need, { ...sizingOf(desired.observed.target, now), ...desired.observed.target.spec }, sale);
  const binding = whole.limitedBy === undefined ? whole.boundBy?.name : 'SharedLimit';
  const planned = {
    target: name,
    steps: [...steps],
    peak: plannedPeak(need),
    ...(cost === undefined ? {} : { cost }),
    sharePercent: need.sharePercent,
    ...(binding === undefined ? {} : { boundBy: binding }),
    because: [
      ...explainWhole(need, whole).map(step => withNotes(step, need)),
      ...surgeRoomSteps(room, Math.max(...steps.map(({ maxReplicas }) => maxReplicas))),
      ...explainRoom(roomOfSale(sale, desired, input.room), input.room.policy),
      ...explainPlannedSteps(need, steps),
    ],
  };
  const extra = refusal === undefined ? Math.max(0, whole.replicas - observed.target.spec.baseline.minReplicas) : 0;
  const coveredShare = whole.needed > 0 ? Math.min(1, whole.replicas / whole.needed) : 1;
  return { planned, extra, coveredShare };
}

/** The step that explains the forecast, with the values that were left out of its history. */
function withNotes(step: ReasonStep, { notes }: SaleNeed): ReasonStep {
  if (step.rule !== 'forecast' || notes === undefined) return step;
  return { ...step, message: `${step.message} (history: ${notes.map(({ message }) => message).join('; ')})` };
}

import { formatInstant } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import type { PlannedTarget } from '../../api/sale-plan.ts';
import type { Limits } from '../../observe/observation.ts';
import type { Occurrence } from '../accept/sale-occurrences.ts';
import { planBounds } from '../bounds/plan-bounds.ts';
import { highestStep, type Row, rowOf, timeOf } from '../demand/curve.ts';
import { forecastLevels, medianLevel } from '../demand/levels.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import { explainNeed } from '../floor/explain-need.ts';
import { limitFloor } from '../floor/limit-floor.ts';
import { plannedSteps } from '../floor/planned-steps.ts';
import { type SaleNeed, wholeNeed } from '../floor/sale-need.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import type { SaleOutlook } from '../plan.ts';
import { describePeak } from './describe-peak.ts';
import { peakAtEntry } from './peak-at-entry.ts';

/** A sale from the merchandiser's side, without what to say about it. */
export type Outlook = Omit<SaleOutlook, 'conditions'>;

/** The outlook of a sale that is not over. */
export type OpenOutlook = Outlook & { readonly stage: 'Ahead' | 'Prescaling' | 'Running' };

/** The outlook of a sale that is not over, from its needs and the limits. */
export function outlookSale(input: {
  readonly sale: ScheduledSale;
  readonly desiredFloors: readonly DesiredFloor[];
  readonly limits: Limits;
  /** Epoch ms. */
  readonly now: number;
  readonly risks: readonly string[];
}): OpenOutlook {
  const { sale, desiredFloors, limits, now, risks } = input;
  const { occurrence, prescaleTime, mode } = sale;
  const reached = desiredFloors.filter(({ name }) => sale.needs.has(name));
  const targets = reached.map(desired => plannedTarget(sale, desired, limits)).filter(target => target !== undefined);
  const isWatched = reached.every(({ forecastOnlyBy }) => forecastOnlyBy !== undefined);
  return {
    ...identity(occurrence),
    prescaleTime,
    ...peakOfSale(sale, isWatched || mode === 'ForecastOnly' ? undefined : targets),
    extraReplicas: targets.reduce((sum, { extra }) => sum + extra, 0),
    stage: now < prescaleTime ? 'Ahead' : now < occurrence.start ? 'Prescaling' : 'Running',
    mode: isWatched ? 'ForecastOnly' : mode,
    targets: targets.map(({ planned }) => planned),
    risks,
  };
}

/** The outlook of a sale that is over or was called off: it waits for its review, or only teaches. */
export function outlookPast(occurrence: Occurrence): Outlook {
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
    risks: [],
  };
}

function identity({ sale, uid, salePlan, start, end, entryPoints }: Occurrence) {
  return { sale, saleUid: uid, salePlan, start, end, entryPoints };
}

/** When and how high the sale's highest minute is, and from what it is planned; nothing without a forecast. */
function peakOfSale(
  sale: ScheduledSale,
  raised: readonly { readonly coveredShare: number }[] | undefined,
): Pick<SaleOutlook, 'peakTime' | 'peakPercent' | 'peakBasis'> {
  const peak = peakAtEntry(sale);
  if (peak === undefined) return {};
  const { peakTime, ratios, pastRatios } = peak;
  if (ratios === undefined) return { peakTime };
  const { expectedPeakPercent } = sale.occurrence.spec;
  const covered = raised === undefined ? undefined : Math.min(1, ...raised.map(({ coveredShare }) => coveredShare));
  const peakBasis = describePeak({
    stated: expectedPeakPercent === undefined ? undefined : expectedPeakPercent / 100,
    past: pastRatios,
    planned: ratios.median,
    safe: covered === undefined ? undefined : covered * ratios.upper,
  });
  return { peakTime, peakPercent: Math.round(ratios.median * 100), peakBasis };
}

function highest(row: Row): number {
  return row[highestStep(row)] ?? 0;
}

interface Planned {
  readonly planned: PlannedTarget;
  /** Replicas above the baseline. */
  readonly extra: number;
  /** Share (0–1) of the replicas needed that limits leave. */
  readonly coveredShare: number;
}

function plannedTarget(
  { needs, prescaleTime }: ScheduledSale,
  { name, observed, cap, refusal }: DesiredFloor,
  { surgeRoomPercent }: Limits,
): Planned | undefined {
  const need = needs.get(name);
  if (need === undefined) return undefined;
  const { spec } = observed.target;
  const wanted = wholeNeed(need);
  const limited = limitFloor(wanted, spec, cap);
  const boundsOf = (floor: number) =>
    planBounds({ floor, spec, cap: cap.replicas, surgeRoomPercent, scaler: undefined });
  const planned = {
    target: name,
    steps: [...plannedSteps({ need, spec, prescaleTime, boundsOf })],
    peak: peakOf(need),
    sharePercent: need.sharePercent,
    ...(limited.boundBy === undefined ? {} : { boundBy: limited.boundBy.name }),
    because: [...explainNeed(need, spec), ...limited.because],
  };
  const extra = refusal === undefined ? Math.max(0, limited.replicas - spec.baseline.minReplicas) : 0;
  const coveredShare = wanted > 0 ? Math.min(1, limited.replicas / wanted) : 1;
  return { planned, extra, coveredShare };
}

function peakOf({ total, occurrence }: SaleNeed): PlannedTarget['peak'] {
  if (isMissing(total)) return { time: formatInstant(occurrence.start), quantiles: [] };
  const step = highestStep(rowOf(total, medianLevel));
  return {
    time: formatInstant(timeOf(total, step)),
    quantiles: forecastLevels.map(level => ({
      level,
      requestsPerSecond: highest(rowOf(total, level)),
    })),
  };
}

import { levelName } from '../../api/amounts/level-name.ts';
import { formatDuration } from '../../api/duration.ts';
import { formatInstant, formatMinute } from '../../api/instant.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import { formatPerSecond } from '../../api/quantity.ts';
import type { Limits, TargetObservation } from '../../observe/observation.ts';
import { type Curve, highestStep, rowOf, timeOf } from '../demand/curve.ts';
import type { Recorded } from './guess/recall-replicas.ts';
import type { Asker, ReplicaStep } from './replicas/replica-rule.ts';
import { levelOf, peakOver, type SaleNeed } from './sale-need.ts';

/** Facts that decide whether a floor may be lowered. */
interface SinkFacts {
  /** Epoch ms. */
  readonly now: number;
  readonly target: Pick<TargetObservation, 'demand'>;
  readonly covering: readonly SaleNeed[];
  /** Ordinary demand just ahead; absent where `ordinaryPeaks` is off. */
  readonly ordinary: Curve | Missing | undefined;
  readonly limits: Pick<Limits, 'staleAfterSeconds'>;
}

/** Describes a sale that needs a floor for its forecast demand from step `from` to `to` (exclusive). */
export function askBySale(
  { occurrence, aheadMs, cost }: SaleNeed,
  total: Curve,
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: number },
): Asker {
  const level = levelOf({ cost });
  const row = rowOf(total, level);
  const step = highestStep(row, from, to);
  const demand = formatPerSecond(row[step] ?? 0);
  const sale = describeHours(occurrence, now);
  if (aheadMs !== undefined && occurrence.start <= now)
    return { sale, demand: `${levelName(level)} of the next ${formatDuration(aheadMs / 1000)} ${demand}` };
  return now < occurrence.start
    ? { sale, demand: `${levelName(level)} at its highest ${demand}, at ${minuteOf(total, step)}` }
    : { sale, demand: `${levelName(level)} of the rest ${demand}` };
}

/** Describes a sale that needs a floor by its record, because it has no forecast or is refused as it is now. */
export function askByRecord(
  { occurrence, total, isUnsized }: SaleNeed,
  { replicas, message, isBegun }: Recorded,
  now: number,
): Asker {
  if (isBegun) {
    const demand = `with a capacity learned since: at least ${replicas} replicas, ${message}`;
    return { sale: describeHours(occurrence, now), demand };
  }
  const isGone = occurrence.gone !== undefined;
  const unknown = isMissing(total) ? 'without a forecast' : 'without a known capacity';
  const doubt =
    isMissing(total) || isUnsized === true ? unknown : isGone ? 'its FlashSale is gone' : 'refused as it stands now';
  return { sale: describeHours(occurrence, now), demand: `${doubt}: ${replicas} replicas, ${message}` };
}

/** Describes a sale that asks capacity for at least a demand (requests per second), whatever is forecast. */
export function askByMinimum(occurrence: SaleNeed['occurrence'], demand: number, now: number): Asker {
  return { sale: describeHours(occurrence, now), demand: `at least ${formatPerSecond(demand)}, by its minPeakPercent` };
}

/** Describes an ordinary day that needs a floor for its demand at a level from step `from` to `to` (exclusive). */
export function askByDay(
  ordinary: Curve,
  level: number,
  { from, to }: { readonly from: number; readonly to: number },
): Asker {
  const row = rowOf(ordinary, level);
  const demand = formatPerSecond(row[highestStep(row, from, to)] ?? 0);
  return { demand: `${levelName(level)} of an ordinary day until ${minuteOf(ordinary, to)} ${demand}` };
}

/** The step of a floor that is raised to the need, or already equals it. */
export function raiseStep(rule: 'raise' | 'keep', replicas: number, asker: () => Asker): ReplicaStep {
  const message = () => {
    const { sale, demand } = asker();
    return sale === undefined ? demand : `${sale}, ${demand}`;
  };
  return { rule, value: replicas, unit: 'replicas', message };
}

/** The step of a floor that is lowered: every peak that is over, the age of the demand, and what the rest needs. */
export function sinkStep(replicas: number, asker: () => Asker, { covering, target, now }: SinkFacts): ReplicaStep {
  const peaks = covering.flatMap(need => {
    if (need.soldOut !== undefined) return [];
    const over = peakOver(need, now);
    return over === undefined
      ? []
      : [`the forecast's peak of ${need.occurrence.sale} was over at ${formatMinute(over)}`];
  });
  const age = isMissing(target.demand) ? [] : [`demand ${formatDuration(target.demand.ageSeconds)} old`];
  return {
    rule: 'sink',
    value: replicas,
    unit: 'replicas',
    message: () => [...peaks, ...age, asker().demand].join(', '),
  };
}

/** The step of a floor that is held above the need, and why. */
export function holdStep(replicas: number, why: string): ReplicaStep {
  return { rule: 'hold', value: replicas, unit: 'replicas', message: () => describeHold(replicas, why) };
}

/** Describes a floor that is held, and why. */
export function describeHold(replicas: number, why: string): string {
  return `${replicas} replicas are held: ${why}`;
}

/** The step of a floor that is lowered only as far as the policy allows at once. */
export function rampDownStep(replicas: number, wanted: number): ReplicaStep {
  const message = () => `${replicas} replicas on the way down to ${wanted}, at the policy's rampDown`;
  return { rule: 'rampDown', value: replicas, unit: 'replicas', message };
}

/** Why the floor may not be lowered now; undefined when it may. The text stays the same while the doubt lasts. */
export function doubtOf(facts: SinkFacts): string | undefined {
  const doubt = demandDoubtOf(facts);
  if (doubt !== undefined) return doubt;
  const { covering, now } = facts;
  for (const need of covering) {
    if (need.soldOut !== undefined) continue;
    const over = peakOver(need, now);
    if (over === undefined) return `${need.occurrence.sale} has no forecast`;
    if (now < over) return `the forecast's peak of ${need.occurrence.sale}, until ${formatInstant(over)}, is not over`;
  }
  return undefined;
}

/** Why the demand that is left is not known now; undefined when it is. */
export function demandDoubtOf({
  target: { demand },
  ordinary,
  limits,
  now,
}: Pick<SinkFacts, 'target' | 'ordinary' | 'limits' | 'now'>): string | undefined {
  if (isMissing(demand)) return `demand is unknown (${demand.missing})`;
  if (demand.ageSeconds > limits.staleAfterSeconds) {
    return `the newest demand is more than ${formatDuration(limits.staleAfterSeconds)} old`;
  }
  const settledSeconds = (now - (demand.settledUntil ?? now)) / 1000;
  const patienceSeconds = limits.staleAfterSeconds + (demand.latenessSeconds ?? 0);
  if (settledSeconds > patienceSeconds)
    return `demand of more than the last ${formatDuration(patienceSeconds)} may still rise`;
  if (ordinary !== undefined && isMissing(ordinary)) return `an ordinary day has no forecast (${ordinary.missing})`;
  return undefined;
}

function describeHours({ sale, start, end }: SaleNeed['occurrence'], now: number): string {
  return now < start ? `${sale} starts at ${formatMinute(start)}` : `${sale} runs until ${formatMinute(end)}`;
}

function minuteOf(curve: Curve, step: number): string {
  return formatMinute(timeOf(curve, step));
}

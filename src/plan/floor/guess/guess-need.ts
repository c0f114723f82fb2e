import { levelName } from '../../../api/amounts/level-name.ts';
import { isMissing } from '../../../api/missing.ts';
import { formatPerSecond } from '../../../api/quantity.ts';
import type { TargetObservation } from '../../../observe/observation.ts';
import type { Occurrence } from '../../accept/occurrence.ts';
import { isRaised, scalerOf } from '../../accept/scaler.ts';
import { replicasFor, sizingOf } from '../replicas/divide-by-capacity.ts';
import type { ForecastPeak } from './forecast-peak.ts';
import { replicasOfHours } from './ordinary-replicas.ts';

/** A number of replicas that replaces a missing forecast, and its source in words. */
export interface Guess {
  readonly replicas: number;
  readonly message: string;
}

/** Input of a guess. */
export interface GuessInput {
  /** Epoch ms. */
  readonly now: number;
  readonly occurrence: Occurrence;
  readonly observed: TargetObservation;
  /** Lists all sales that reach the target, past ones too. */
  readonly reaching: () => readonly Occurrence[];
  /** Absent where demand cannot be forecast. */
  readonly forecastPeak?: ForecastPeak;
}

/** Seconds before the last known sample in which the highest demand is looked for. */
const newestSeconds = 600;
/** Milliseconds after a sale or after our last write in which pods may still run that ordinary load does not need. */
export const settleMs = 30 * 60_000;

/**
 * Guesses the need of a sale for a target whose demand cannot be forecast, or whose capacity is not known: replicas for
 * ordinary load × the peak, as forecast or else as stated. Ordinary load is the highest of
 *
 *   what                                       when
 *   the baseline                               always
 *   replicas for the last known demand         it was measured outside every sale, and capacity is known
 *   the replicas that run                      no floor of ours in force or just written, no sale runs or just ran
 *   the replicas recorded for its hours        they ran for ordinary load, on this or an earlier day
 *
 * So a guess never starts from what an earlier one has raised.
 */
export function guessNeed(input: GuessInput): Guess {
  const { observed } = input;
  const { minReplicas } = observed.target.spec.baseline;
  const baseline = { replicas: minReplicas, message: `baseline ${minReplicas}` };
  const ordinary = [lastKnown(input), running(input), recorded(input)]
    .filter(guess => guess !== undefined)
    .reduce((highest, guess) => (guess.replicas > highest.replicas ? guess : highest), baseline);
  const peak = guessedPeak(input);
  if (peak === undefined) {
    const message = ordinary === baseline ? 'the baseline' : ordinary.message;
    return { replicas: ordinary.replicas, message: `${message}, because the sale states no expectedPeakPercent` };
  }
  return {
    replicas: Math.ceil((ordinary.replicas * peak.percent) / 100),
    message: `${ordinary.message} × ${peak.what} of ${peak.percent} %`,
  };
}

/** The peak in percent of ordinary load: the forecast's, else the stated one, and at least `minPeakPercent`. */
function guessedPeak({
  occurrence: { spec },
  forecastPeak,
}: GuessInput): { readonly percent: number; readonly what: string } | undefined {
  const { expectedPeakPercent, minPeakPercent = 0 } = spec;
  const known =
    forecastPeak === undefined
      ? { percent: expectedPeakPercent ?? 0, what: 'the stated peak' }
      : { percent: Math.round(forecastPeak.ratio * 100), what: `${levelName(forecastPeak.level)} of its peak` };
  const peak =
    known.percent >= minPeakPercent ? known : { percent: minPeakPercent, what: 'minPeakPercent, the least peak,' };
  return peak.percent === 0 ? undefined : peak;
}

/** Replicas for the highest demand of the last known minutes. */
function lastKnown({ observed: { demand, target }, reaching, now }: GuessInput): Guess | undefined {
  if (isMissing(demand)) return undefined;
  const { values, start, stepSeconds } = demand.recent;
  const last = values.findLastIndex(value => value !== null);
  const first = last + 1 - Math.ceil(newestSeconds / stepSeconds);
  const newest = values.slice(Math.max(0, first), last + 1).filter(value => value !== null);
  // a step in which a sale begins belongs to the sale
  const lastMs = start + (last + 1) * stepSeconds * 1000 - 1;
  if (newest.length === 0 || !isOrdinary(lastMs, reaching())) return undefined;
  const highest = Math.max(...newest);
  const { capacity, headroomRatio } = sizingOf(target, now);
  if (capacity.perReplica === undefined) return undefined;
  const replicas = replicasFor(highest * headroomRatio, capacity.perReplica);
  return { replicas, message: `${replicas} replicas for the last known demand of ${formatPerSecond(highest)}` };
}

/** The running replicas, where they serve ordinary load alone. */
function running({ observed, now, reaching }: GuessInput): Guess | undefined {
  const replicas = ordinaryReplicas(observed, now, reaching);
  return replicas === undefined ? undefined : { replicas, message: `${replicas} replicas that run for ordinary load` };
}

/** The replicas that ran for ordinary load at the hours of the sale. */
function recorded({ observed, occurrence }: GuessInput): Guess | undefined {
  const record = observed.target.status?.ordinaryReplicas ?? [];
  const replicas = replicasOfHours(record, occurrence.start, occurrence.end);
  if (replicas === undefined) return undefined;
  return { replicas, message: `${replicas} replicas that ran for ordinary load at this hour before` };
}

/**
 * Returns the replicas that run at `now` (epoch ms) where they serve ordinary load alone: no floor of ours is in force or
 * just written, and none of the sales, given by start and end, runs or just ran.
 */
export function ordinaryReplicas(
  observed: TargetObservation,
  now: number,
  sales: () => readonly Pick<Occurrence, 'start' | 'end'>[],
): number | undefined {
  const scaler = scalerOf(observed);
  if (scaler === undefined || isRaised(scaler) || !isOrdinary(now, sales())) return undefined;
  if (scaler.writtenAt !== undefined && now - scaler.writtenAt < settleMs) return undefined;
  return scaler.currentReplicas;
}

/** Returns whether load at an instant (epoch ms) is ordinary: none of the sales, given by start and end, runs or just ran. */
export function isOrdinary(at: number, sales: readonly Pick<Occurrence, 'start' | 'end'>[]): boolean {
  return sales.every(({ start, end }) => at < start || end + settleMs <= at);
}

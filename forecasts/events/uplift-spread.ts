import { effectiveCount } from '../statistics/effective-count.ts';
import type { EventClock } from './event-clock.ts';
import { spreadByRecord } from './spread-record.ts';
import type { Uplift } from './uplift.ts';

/** Student's t around an uplift. */
export interface UpliftSpread {
  /** Scale on the model's scale, one value per knot. */
  readonly scale: Float64Array;
  /** Degrees of freedom. */
  readonly degrees: number;
  /** The variances that make up the squared scale at a knot, on the model's scale. */
  readonly partsAt: (knot: number) => SpreadParts;
}

/**
 * The variance of a spread by what it comes from. `prior`: how much sales differ in general; `scatter`: how much past
 * sales differ from the forecasts of them; `surprise`: what the newest did against theirs; `novelty`: properties that no
 * past sale had; `untold`: a stated peak, where past sales had none; `disagreement`: of statement and past sales.
 */
export type SpreadParts = Readonly<
  Record<'prior' | 'scatter' | 'surprise' | 'novelty' | 'untold' | 'disagreement', number>
>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Prior spread of an event: a factor of e^±0.43; it counts as much as `priorEvents` events. */
const priorSpread = 0.43;
const priorEvents = 3.5;
/** Number of past events at which half of what new properties cost is added: with fewer the prior covers them. */
const noveltyDoubt = 3;
/** Widening of the prior (0.31 = 31 %) without past events; each past event divides it by four. */
const firstEventWidening = 0.31;
/** Factor on the prior spread before the start and after the end. */
const outsideShare = 0.85;
const smoothingMs = 15 * minuteMs;

/**
 * Spread of an event around its uplift: leave-one-out errors of the past events, mixed with a prior. The errors of a
 * few events alone would give quantiles that are far too narrow.
 */
export function upliftSpread({ clock, errors, weights, unit, unseen, statement, record }: Uplift): UpliftSpread {
  const events = leaveOneOutCount(weights);
  const squares = meanSquares(errors, weights, clock.knots.length);
  const { novelty, surprise, steadiness } = spreadByRecord(record);
  const prior = unit * steadiness * priorSpread * (1 + firstEventWidening * 4 ** -events);
  const added = unseen.length === 0 ? 0 : (unit ** 2 * novelty * events) / (events + noveltyDoubt);
  const smoothed = smoothOverTime(squares, clock.knots, smoothingMs);
  const shares = { prior: priorEvents / (priorEvents + events), past: events / (priorEvents + events) };
  const partsAt = (i: number): SpreadParts => ({
    prior: shares.prior * (prior * priorShapeAt(clock, clock.knots[i] as number)) ** 2,
    scatter: shares.past * (smoothed[i] as number),
    surprise: shares.past * unit ** 2 * surprise,
    novelty: added,
    untold: shares.past * (statement?.untold[i] ?? 0),
    disagreement: statement?.disagreement[i] ?? 0,
  });
  const scale = smoothed.map((square, i) => {
    const expected = prior * priorShapeAt(clock, clock.knots[i] as number);
    const known =
      (priorEvents * expected ** 2 + events * (square + unit ** 2 * surprise + (statement?.untold[i] ?? 0))) /
      (priorEvents + events);
    return Math.sqrt(known + added + (statement?.disagreement[i] ?? 0));
  });
  return { scale, degrees: priorEvents + events, partsAt };
}

/** Weighted mean of the squared errors, one value per knot; 0 without errors. */
function meanSquares(errors: readonly Float64Array[], weights: Float64Array, knots: number): Float64Array {
  const squares = new Float64Array(knots);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  errors.forEach((error, k) => {
    const share = (weights[k] as number) / total;
    for (let i = 0; i < knots; i++) squares[i] = (squares[i] as number) + share * (error[i] as number) ** 2;
  });
  return squares;
}

function priorShapeAt({ event }: EventClock, sinceStartMs: number): number {
  if (sinceStartMs < -2 * minuteMs) return outsideShare;
  const sinceEndMs = Math.max(0, sinceStartMs - (event.end - event.start));
  return Math.max(outsideShare, 2 ** (-sinceEndMs / hourMs));
}

/** Effective number of past events, reduced because each leave-one-out error used one event fewer: N² ÷ (N + 1). */
function leaveOneOutCount(weights: Float64Array): number {
  const count = effectiveCount(weights);
  return count === 0 ? 0 : (count * count) / (count + 1);
}

function smoothOverTime(values: Float64Array, times: Float64Array, reachMs: number): Float64Array {
  const smoothed = new Float64Array(values.length);
  let first = 0;
  let next = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const time = times[i] as number;
    while (next < values.length && (times[next] as number) <= time + reachMs) sum += values[next++] as number;
    while ((times[first] as number) < time - reachMs) sum -= values[first++] as number;
    smoothed[i] = Math.max(0, sum / (next - first));
  }
  return smoothed;
}

import type { Event, ShopClock } from '../../../forecasts/index.ts';
import { formatInstant } from '../../api/instant.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { DemandHistory } from '../../observe/demand-history.ts';
import type { TargetObservation } from '../../observe/observation.ts';
import { align } from '../../observe/samples/remembered-samples.ts';
import { historyDaysOf } from '../../observe/target-clock.ts';
import { fitBoundary } from '../../plan/demand/fit-boundary.ts';
import { fittedEvents } from '../../plan/demand/forecast-pieces.ts';
import type { FitInput } from './forecaster.ts';
import { isSameClock } from './same-clock.ts';
import { areSameEvents } from './same-piece.ts';

/** What the fit of one target is made from; equal inputs give an equal fit. */
export interface TargetFit {
  readonly historyKey: string;
  readonly historyDays: number;
  /** The boundary up to which it uses the history, epoch ms. */
  readonly boundary: number;
  /** End of the history's last step before the boundary, epoch ms. */
  readonly fittedAt: number;
  /** The sales that it depends on. */
  readonly events: readonly Event[];
  /** Whether no sample before the boundary may still rise. */
  readonly isSettled: boolean;
  /** The clock whose days count. @default UTC */
  readonly clock?: ShopClock;
}

/**
 * Decides which fit counts for a target at `now`:
 *
 *   samples before the last boundary           fit
 *   known and settled                          at that boundary
 *   known, some may still rise                 the last one, else at that boundary, and again once they have settled
 *   not known (the source is down)             the last one, else none
 */
export function targetFit(input: {
  readonly target: TargetObservation;
  /** All sales that reach the target. */
  readonly events: readonly Event[];
  /** Epoch ms. */
  readonly now: number;
  readonly last: TargetFit | undefined;
}): TargetFit | Missing {
  const { target, events, now, last } = input;
  const { demand } = target;
  if (isMissing(demand)) return demand;
  const { historyDays, stepSeconds } = target.target.spec.demand;
  const boundary = fitBoundary(now);
  const isSettled = (demand.settledUntil ?? boundary) >= boundary;
  const fittedAt = align(boundary, stepSeconds * 1000);
  const fit: TargetFit = {
    historyKey: demand.historyKey,
    historyDays,
    boundary,
    fittedAt,
    events: fittedEvents(events, fittedAt),
    isSettled,
    ...(target.clock === undefined ? {} : { clock: target.clock }),
  };
  if (last !== undefined && isSameFit(last, fit)) return last;
  const isOfThis = last?.historyKey === demand.historyKey;
  if (!isSettled && last !== undefined && isOfThis) return last;
  const knownUntil = demand.recent.start + demand.recent.values.length * demand.recent.stepSeconds * 1000;
  if (knownUntil >= boundary) return fit;
  if (last !== undefined && isOfThis) return last;
  return { missing: 'the demand history has not been read up to the last boundary yet' };
}

/** Reads the inputs of a fit, or why there is nothing to fit. */
export function readFit(fit: TargetFit, history: Pick<DemandHistory, 'readPacked'>): FitInput | Missing {
  const { historyKey, historyDays, boundary, events, clock } = fit;
  const read = history.readPacked(historyKey, boundary - historyDays * 86_400_000, boundary);
  if (read === undefined) return { missing: 'the demand history has not been read yet' };
  // A model of no data would forecast zero demand, and a sale multiplies it: then the stated demand must be used.
  if (read.values.every(Number.isNaN))
    return { missing: `nothing was measured before ${formatInstant(boundary)}, the last boundary` };
  return { history: read, context: { now: boundary, events, ...historyDaysOf(clock, { now: boundary, historyDays }) } };
}

function isSameFit(one: TargetFit, other: TargetFit): boolean {
  return (
    one.historyKey === other.historyKey &&
    one.historyDays === other.historyDays &&
    one.boundary === other.boundary &&
    one.isSettled === other.isSettled &&
    areSameEvents(one.events, other.events) &&
    isSameClock(one.clock, other.clock)
  );
}

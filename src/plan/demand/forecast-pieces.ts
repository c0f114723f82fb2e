import type { Event, Series } from '../../../forecasts/index.ts';
import { isMissing } from '../../api/missing.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import { besideMs } from './beside-until.ts';
import type { ForecastWindow } from './demand-forecasts.ts';

/** Actuals of one target that may correct a forecast. */
export interface Actuals {
  readonly recent: Series;
  /** Epoch ms up to which they are complete. */
  readonly settledUntil?: number | undefined;
  /** Sales since the fit that they may show. */
  readonly beside: readonly Event[];
}

/** A part of one window's forecast for one target, short enough to be made in one go. Equal pieces of one model give equal forecasts. */
export interface ForecastPiece {
  /** Epoch ms, on the grid of the history. */
  readonly from: number;
  /** Its length in steps of the history. */
  readonly steps: number;
  /** Steps of the history that make one step of the forecast. */
  readonly coarseness: number;
  /** The sales to forecast. */
  readonly events: readonly Event[];
  /** Absent: as fitted. */
  readonly actuals?: Actuals;
  /** Quantile levels, ascending. @default forecastLevels */
  readonly levels?: readonly number[];
}

const hourMs = 3_600_000;
/** Milliseconds of one piece at most. */
const longestPieceMs = 7 * 24 * hourMs;
/** Steps of the forecast of a current window at most: a day by the minute stays as it is. */
const mostSteps = 1440;
/** Steps of the forecast of a sale further ahead at most. */
const mostStepsAhead = 240;
/** Milliseconds before its start and after its end in which a sale is felt. */
const reachBeforeMs = hourMs / 2;
const reachAfterMs = 2 * hourMs;
/** Milliseconds after the fit in which a sale already masks the history, or its run-up does. */
const runUpMs = hourMs;

/** The events that a fit at `fittedAt` (epoch ms) depends on: all that have begun, or are about to. */
export function fittedEvents(events: readonly Event[], fittedAt: number): readonly Event[] {
  return events.filter(({ start }) => start < fittedAt + runUpMs);
}

/** What the forecast of one window for one target is divided by. */
interface PiecesInput {
  readonly window: ForecastWindow;
  readonly target: TargetObservation;
  /** End of the data of the fit, epoch ms. */
  readonly fittedAt: number;
  /** All sales that reach the target. */
  readonly events: readonly Event[];
  readonly observation: Pick<Observation, 'now' | 'limits'>;
}

/**
 * Divides the forecast of one window for one target into pieces of a week at most. Actuals correct the first 36 hours
 * after the fit of a current window; later ones, and all of a sale further ahead, are forecast as fitted, so that their
 * forecast changes only with the fit and the sales in it. Empty when the window ends before the fit.
 */
export function forecastPieces(input: PiecesInput): readonly ForecastPiece[] {
  const { window, target, fittedAt, events } = input;
  const stepMs = target.target.spec.demand.stepSeconds * 1000;
  const from = Math.floor(Math.max(window.start, fittedAt) / stepMs) * stepMs;
  const steps = Math.ceil(window.end / stepMs) - from / stepMs;
  if (Math.max(window.start, fittedAt) >= window.end) return [];
  const coarseness = Math.ceil(steps / (window.isCurrent ? mostSteps : mostStepsAhead));
  const stepsOf = (ms: number) => Math.max(1, Math.ceil(ms / stepMs / coarseness)) * coarseness;
  const correctedUntil = fittedAt + besideMs;
  const inWindow = eventsIn(window, events);
  const pieces: ForecastPiece[] = [];
  for (let done = 0; done < steps; ) {
    const start = from + done * stepMs;
    const isCorrected = window.isCurrent && start < correctedUntil;
    const count = Math.min(steps - done, stepsOf(isCorrected ? correctedUntil - start : longestPieceMs));
    const { levels } = window;
    const part = { from: start, steps: count, coarseness, ...(levels === undefined ? {} : { levels }) };
    const felt = feltEvents(inWindow, window, { from, start, end: start + count * stepMs });
    const actuals = isCorrected ? actualsOf(input, felt) : undefined;
    pieces.push({ ...part, events: felt, ...(actuals === undefined ? {} : { actuals }) });
    done += count;
  }
  return pieces;
}

/** Events by id, by the list that they are in: a thousand windows look into the same list. */
const eventsById = new WeakMap<readonly Event[], ReadonlyMap<string, Event>>();

/** The sales of a window that reach the target, in order of start. */
function eventsIn({ sales }: ForecastWindow, events: readonly Event[]): readonly Event[] {
  const byId = eventsById.get(events) ?? new Map(events.map(event => [event.id, event]));
  eventsById.set(events, byId);
  return [...sales].flatMap(id => byId.get(id) ?? []);
}

/** The sales of a window that are felt in one piece of it, from their run-up to their aftermath. */
function feltEvents(
  events: readonly Event[],
  window: ForecastWindow,
  { from, start, end }: { readonly from: number; readonly start: number; readonly end: number },
): readonly Event[] {
  return events.filter(
    event =>
      event.start < window.end &&
      from < event.end &&
      event.start - reachBeforeMs < end &&
      start < event.end + reachAfterMs,
  );
}

/** Actuals for the live correction, without old ones, which no longer describe the present. */
function actualsOf(
  { target: { demand }, fittedAt, events, observation: { limits, now } }: PiecesInput,
  felt: readonly Event[],
): Actuals | undefined {
  if (isMissing(demand) || demand.ageSeconds > limits.staleAfterSeconds) return undefined;
  const { recent, settledUntil } = demand;
  const isSince = (event: Event) =>
    event.start >= fittedAt + runUpMs && event.start < now + runUpMs && !felt.includes(event);
  return { recent, settledUntil, beside: events.filter(isSince) };
}

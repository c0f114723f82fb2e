import { checkEvents, checkOptions } from '../check-options.ts';
import type { Event } from '../event.ts';
import type { Forecast } from '../forecast.ts';
import type { FitContext, FittedModel, Model, PredictOptions } from '../model.ts';
import { checkSeries, type Series } from '../series/series.ts';
import { stepContaining } from '../series/step-grid.ts';
import { type LocalClock, localClock } from './local-clock.ts';
import { localSeries } from './local-series.ts';

/**
 * The model with its days, weekdays and seasons in the local time of `context.clock`, through days of 23 and 25 hours;
 * the model itself knows UTC only. Without a clock the model is unchanged.
 */
export function onLocalClock(model: Model): Model {
  return { name: model.name, fit: (history, context) => fitLocally(model, history, context) };
}

function fitLocally(model: Model, history: Series, context: FitContext): FittedModel {
  if (context.clock === undefined || context.clock.offsets.length === 0) return model.fit(history, context);
  checkSeries(history);
  checkEvents(context.events);
  const clock = localClock(context.clock);
  const stepMs = history.stepSeconds * 1000;
  const known = Math.floor((context.now - history.start) / stepMs);
  const complete = known < history.values.length ? history.values.slice(0, Math.max(0, known)) : history.values;
  const fitted = model.fit(localSeries({ ...history, values: complete }, clock), {
    now: context.now + clock.offsetAt(context.now),
    events: context.events.map(event => localEvent(event, clock)),
    clock: { ...context.clock, offsets: [] },
  });
  return {
    ...fitted,
    predict: options => predictLocally(fitted, options, { clock, now: context.now, start: history.start, stepMs }),
  };
}

/** How the steps of a fit lie in time. */
interface FitSteps {
  readonly clock: LocalClock;
  /** Epoch ms of the fit. */
  readonly now: number;
  /** Start of the history, epoch ms. */
  readonly start: number;
  readonly stepMs: number;
}

/** Asks the model for one forecast per stretch of time with one offset, and joins them. */
function predictLocally(fitted: FittedModel, options: PredictOptions, fit: FitSteps): Forecast {
  checkOptions(options);
  checkEvents(options.events);
  const { clock, stepMs } = fit;
  const first = stepContaining(options.from ?? fit.now, fit.start, stepMs);
  const events = options.events.map(event => localEvent(event, clock));
  const { recent } = options;
  const asked = { ...options, events, ...(recent === undefined ? {} : { recent: localSeries(recent, clock) }) };
  const pieces: Forecast[] = [];
  for (let step = 0; step < options.steps; ) {
    const time = first + step * stepMs;
    const until = Math.min(options.steps, Math.ceil((clock.nextChange(time) - first) / stepMs));
    // the middle of the step, as a change of the clock may not be a whole number of steps
    const from = time + clock.offsetAt(time) + stepMs / 2;
    pieces.push(fitted.predict({ ...asked, from, steps: until - step }));
    step = until;
  }
  return joined(pieces, first);
}

function joined(pieces: readonly Forecast[], start: number): Forecast {
  const [piece, ...others] = pieces;
  if (piece === undefined) throw new RangeError('a forecast must have a step');
  if (others.length === 0) return { ...piece, start };
  return {
    ...piece,
    start,
    point: pieces.flatMap(({ point }) => point),
    quantiles: piece.quantiles.map(({ level }, q) => ({
      level,
      values: pieces.flatMap(({ quantiles }) => quantiles[q]?.values ?? []),
    })),
  };
}

/** An event in local time, at least as long as its last part there. */
function localEvent(event: Event, clock: LocalClock): Event {
  const start = event.start + clock.offsetAt(event.start);
  const end = event.end + clock.offsetAt(event.end);
  return { ...event, start, end: end > start ? end : start + (event.end - event.start) };
}

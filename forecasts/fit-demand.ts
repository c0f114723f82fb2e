import { checkEvents, checkOptions } from './check-options.ts';
import { describeDays, describeOtherClock } from './clock/describe-days.ts';
import { utcClock } from './clock/local-clock.ts';
import { checkClock } from './clock/shop-clock.ts';
import { decompose, withMiddleLevel } from './decomposition.ts';
import type { DemandForecast, DemandOptions, EventForecast, FitDemand } from './demand.ts';
import { ensemble } from './ensemble/ensemble.ts';
import type { Event } from './event.ts';
import { baseUnderEvents } from './events/base-under-events.ts';
import { forecastExtra } from './events/forecast-extra.ts';
import { feltEvents } from './events/past/felt-events.ts';
import { knownEvents } from './events/past/known-events.ts';
import { nearEvents } from './events/past/near-events.ts';
import { recallUplift } from './events/recall-uplift.ts';
import { explainDemand } from './explain/explain-demand.ts';
import type { FitExplainableDemand } from './explanation.ts';
import { formatSpan } from './format-span.ts';
import type { Model } from './model.ts';
import { lastValue } from './models/last-value.ts';
import { levelProfileOn } from './models/level-profile.ts';
import { type Present, presentOf } from './present.ts';
import { describeLeftOut, describeRecent } from './series/describe-left-out.ts';
import { endOf } from './series/samples.ts';
import { soundSamples } from './series/sound-samples.ts';
import { stepContaining } from './series/step-grid.ts';

/** Number of unseen properties named in `basis` at most. */
const mostNamed = 4;
/**
 * Steps without data from which on `basis` mentions the gap; the range widens with the distance from the last value.
 */
const leastGapSteps = 5;

/**
 * Fits a service's demand: a base with all events masked, and the uplift of events, learned from past ones. Accepts a
 * history of any length, from no data to years; `basis` names the data and models used.
 * @throws RangeError naming the field, when the history's step or an event's times are invalid
 */
export const fitDemand: FitExplainableDemand = demandFrom(ensemble);

/** `fitDemand` with another base model, for comparison or for speed. */
export function demandFrom(baseModel: Model): FitExplainableDemand {
  return (history, context) => {
    checkEvents(context.events);
    if (context.clock !== undefined) checkClock(context.clock);
    const samples = soundSamples(history, context);
    const decomposed = decompose(samples, context.events);
    const notes = [...describeLeftOut(history, context), ...describeOtherClock(decomposed, context)];
    const base = baseModel.fit(history, context);
    const calm = levelProfileOn(decomposed, context);
    const fitted = withMiddleLevel(decomposed);
    const learn = recallUplift();
    const request = knownEvents(context.events);
    const near = nearEvents(context.events, endOf(samples), samples.stepMs);
    const days = describeDays(decomposed, context);
    const { clock = utcClock } = samples;
    const localOf = (time: number) => time + clock.offsetAt(time);
    const historyEnd = Math.min(context.now, history.start + history.values.length * history.stepSeconds * 1000);
    const notesOn = (recent: DemandOptions['recent'], since: readonly Event[]) => {
      if (recent === undefined) return notes;
      const newer = { before: samples, events: [...near, ...since], since: historyEnd };
      const hasNewer = recent.start + recent.values.length * recent.stepSeconds * 1000 > historyEnd;
      // What was newest in the history is newest no longer.
      return [...notes.filter(({ kind }) => !hasNewer || kind !== 'Kept'), ...describeRecent(recent, newer)];
    };
    const forecastFor = (options: DemandOptions) => {
      checkOptions(options);
      checkEvents(options.events);
      checkEvents(options.beside ?? []);
      const since = eventsSince(options);
      const known = request(since);
      const present = presentOf(fitted, { ...options, events: [...near, ...since], now: context.now });
      const felt = feltEvents([...near, ...since], options.events, present.origin);
      const events = [...options.events, ...felt];
      const requested = { ...options, events: since };
      const { start, stepMs } = present.tail;
      const steps = { start: stepContaining(options.from, start, stepMs), stepMs, steps: options.steps };
      const baseForecast = baseUnderEvents(steps, events, {
        // an hour that clocks show twice: the base has seen it as past, in its local time
        own: () =>
          localOf(present.origin) < localOf(endOf(samples))
            ? calm.predictFrom(present, requested)
            : base.predict(requested),
        calm: () => calm.predictFrom(present, requested),
      });
      const extras = events.map(event => forecastExtra(present, { event, known, base: baseForecast }, learn));
      const told = notesOn(options.recent, since);
      const gap = describeGap(present, options, context.now);
      const basis = [
        `${describe(`${base.basis}${days}`, { ...options, events }, extras)}${gap}`,
        ...told.map(({ message }) => message),
      ].join('; ');
      const demand = { base: baseForecast, extras, basis, ...(told.length === 0 ? {} : { notes: told }) };
      return { present, known, demand, options: { ...options, events } };
    };
    return {
      fittedAt: samples.values.length > 0 ? endOf(samples) : context.now,
      predict: options => forecastFor(options).demand,
      explain: options => {
        const forecast = forecastFor(options);
        const asked = { ...options, ...forecast.options };
        return explainDemand({ ...forecast, options: asked, learn, members: base.members ?? [] });
      },
    };
  };
}

/** Baseline for comparison: repeats the last value and adds nothing for events. */
export const lastValueDemand: FitDemand = (history, context) => {
  const base = lastValue.fit(history, context);
  const samples = soundSamples(history, context);
  return {
    fittedAt: samples.values.length > 0 ? endOf(samples) : context.now,
    predict: options => {
      const forecast = base.predict(options);
      return { base: forecast, extras: options.events.map(event => nothing(event.id, forecast)), basis: base.basis };
    },
  };
};

/** The requested events and those beside them; a requested one replaces another one of its id that is not over yet. */
function eventsSince({ events, beside = [] }: DemandOptions): DemandOptions['events'] {
  const isReplaced = ({ id, end }: Event) => events.some(event => event.id === id && end > event.start);
  return [...beside.filter(event => !isReplaced(event)), ...events];
}

function describe(base: string, options: DemandOptions, extras: readonly EventForecast[]): string {
  if (extras.length === 0) return base;
  const past = Math.max(...extras.map(extra => extra.pastEvents));
  const stated = options.events.some(event => event.statedPeakRatio !== undefined);
  const count = past === 0 ? 'no past sale' : past === 1 ? '1 past sale' : `${past} past sales`;
  const unseen = [...new Set(extras.flatMap(extra => extra.unseen ?? []))];
  const named = unseen.slice(0, mostNamed).join(', none ');
  const others = unseen.length > mostNamed ? ` and ${unseen.length - mostNamed} more` : '';
  const wider = unseen.length === 0 ? '' : `, none ${named}${others}: wider range`;
  return `${base}; ${count}${wider}; ${stated ? 'stated peak' : 'no stated peak'}`;
}

/** A note for `basis` when the newest measured value ends five steps or more before the end of `recent` or the fit. */
function describeGap({ origin, tail }: Present, { recent }: DemandOptions, fittedAt: number): string {
  const recentEnd = recent ? recent.start + recent.values.length * recent.stepSeconds * 1000 : fittedAt;
  const gapMs = Math.max(recentEnd, fittedAt) - origin;
  return gapMs < leastGapSteps * tail.stepMs ? '' : `; no data in the last ${formatSpan(gapMs)}: wider range`;
}

function nothing(event: string, base: DemandForecast['base']): EventForecast {
  const point = base.point.map(() => 0);
  const quantiles = base.quantiles.map(({ level }) => ({ level, values: point }));
  return { event, pastEvents: 0, extra: { ...base, point, quantiles } };
}

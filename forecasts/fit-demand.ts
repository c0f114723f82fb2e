import { checkEvents, checkOptions } from './check-options.ts';
import { decompose } from './decomposition.ts';
import type { DemandForecast, DemandOptions, EventForecast, FitDemand } from './demand.ts';
import { ensemble } from './ensemble/ensemble.ts';
import type { Event } from './event.ts';
import { baseUnderEvents } from './events/base-under-events.ts';
import { forecastExtra } from './events/forecast-extra.ts';
import { recallUplift } from './events/recall-uplift.ts';
import { explainDemand } from './explain/explain-demand.ts';
import type { FitExplainableDemand } from './explanation.ts';
import { formatSpan } from './format-span.ts';
import type { Model } from './model.ts';
import { lastValue } from './models/last-value.ts';
import { levelProfileOn } from './models/level-profile.ts';
import { samplesOf } from './outages/samples-of.ts';
import { type Present, presentOf } from './present.ts';
import { endOf } from './series/samples.ts';
import { stepContaining } from './series/step-grid.ts';

/** So many unseen kinds are named in a sentence. */
const mostNamed = 4;
/** A silence of so many steps is worth a word: the bands grow with the distance from the last measurement. */
const silentSteps = 5;

/**
 * Fits a service's demand: a base with every event masked, and what events add, learned from the past ones. From no
 * data to years of it: it never refuses a history, and `basis` says what was used.
 * @throws RangeError naming the field, when the history's step or an event's times cannot be meant
 */
export const fitDemand: FitExplainableDemand = demandFrom(ensemble);

/** `fitDemand` on another base model, to compare with or to spare its time. */
export function demandFrom(baseModel: Model): FitExplainableDemand {
  return (history, context) => {
    checkEvents(context.events);
    const samples = samplesOf(history, context.now);
    const fitted = decompose(samples, context.events);
    const base = baseModel.fit(history, context);
    const calm = levelProfileOn(fitted, context);
    const learn = recallUplift();
    const forecastFor = (options: DemandOptions) => {
      checkOptions(options);
      checkEvents(options.events);
      const known = unite(context.events, options.events);
      const present = presentOf(fitted, { ...options, events: known, now: context.now });
      const asked = { ...options, events: known };
      const { start, stepMs } = present.tail;
      const steps = { start: stepContaining(options.from, start, stepMs), stepMs, steps: options.steps };
      const baseForecast = baseUnderEvents(steps, options.events, {
        own: () => base.predict(asked),
        calm: () => calm.predictFrom(present, asked),
      });
      const extras = options.events.map(event => forecastExtra(present, { event, known, base: baseForecast }, learn));
      const silence = tellSilence(present, options, context.now);
      const basis = `${describe(base.basis, options, extras)}${silence}`;
      return { present, known, demand: { base: baseForecast, extras, basis } };
    };
    return {
      fittedAt: samples.values.length > 0 ? endOf(samples) : context.now,
      predict: options => forecastFor(options).demand,
      explain: options =>
        explainDemand({ ...forecastFor(options), options: options, learn, members: base.members ?? [] }),
    };
  };
}

/** The last value for ever and nothing for events: what a shop without forecasts knows. For comparison only. */
export const lastValueDemand: FitDemand = (history, context) => {
  const base = lastValue.fit(history, context);
  const samples = samplesOf(history, context.now);
  return {
    fittedAt: samples.values.length > 0 ? endOf(samples) : context.now,
    predict: options => {
      const forecast = base.predict(options);
      return { base: forecast, extras: options.events.map(event => nothing(event.id, forecast)), basis: base.basis };
    },
  };
};

/** What is asked for replaces what was known under its id, unless that was over before: another time of the same sale. */
function unite(known: DemandOptions['events'], asked: DemandOptions['events']): DemandOptions['events'] {
  const isReplaced = ({ id, end }: Event) => asked.some(event => event.id === id && end > event.start);
  return [...known.filter(event => !isReplaced(event)), ...asked];
}

function describe(base: string, options: DemandOptions, extras: readonly EventForecast[]): string {
  if (extras.length === 0) return base;
  const past = Math.max(...extras.map(extra => extra.pastEvents));
  const stated = options.events.some(event => event.statedPeakRatio !== undefined);
  const count = past === 0 ? 'no past sale' : past === 1 ? '1 past sale' : `${past} past sales`;
  const unseen = [...new Set(extras.flatMap(extra => extra.unseen ?? []))];
  const named = unseen.slice(0, mostNamed).join(', none ');
  const others = unseen.length > mostNamed ? ` and ${unseen.length - mostNamed} things more` : '';
  const wider = unseen.length === 0 ? '' : `, none ${named}${others}: wider`;
  return `${base}; ${count}${wider}; ${stated ? 'stated peak' : 'no stated peak'}`;
}

/** When the newest actuals end long before what was asked for could have held, or nothing came since long before the fit. */
function tellSilence({ origin, tail }: Present, { recent }: DemandOptions, fittedAt: number): string {
  const asked = recent ? recent.start + recent.values.length * recent.stepSeconds * 1000 : fittedAt;
  const silentMs = Math.max(asked, fittedAt) - origin;
  return silentMs < silentSteps * tail.stepMs ? '' : `; nothing measured in the last ${formatSpan(silentMs)}: wider`;
}

function nothing(event: string, base: DemandForecast['base']): EventForecast {
  const point = base.point.map(() => 0);
  const quantiles = base.quantiles.map(({ level }) => ({ level, values: point }));
  return { event, pastEvents: 0, extra: { ...base, point, quantiles } };
}

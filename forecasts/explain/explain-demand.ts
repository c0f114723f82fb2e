import { utcClock } from '../clock/local-clock.ts';
import { localSamples } from '../clock/local-series.ts';
import type { DemandForecast } from '../demand.ts';
import type { KnownEvents } from '../events/past/known-events.ts';
import type { LearnUplift } from '../events/recall-uplift.ts';
import type { ExplainOptions, Explanation, ExplanationPart } from '../explanation.ts';
import type { MemberShare } from '../member-share.ts';
import type { Present } from '../present.ts';
import { seasonsOf } from '../seasons/find-seasons.ts';
import type { Samples } from '../series/samples.ts';
import { stepContaining } from '../series/step-grid.ts';
import { totalDemand } from '../total-demand.ts';
import { explainBase } from './explain-base.ts';
import { explainEvent } from './explain-event.ts';
import { explainWidth } from './explain-width.ts';

/** A forecast with its inputs. */
export interface ExplainedForecast {
  readonly present: Present;
  readonly options: ExplainOptions;
  /** All known events, including the requested ones. */
  readonly known: KnownEvents;
  readonly demand: DemandForecast;
  readonly members: readonly MemberShare[];
  readonly learn: LearnUplift;
}

/**
 * Explains one step of a forecast.
 * @throws RangeError when `at` lies outside the forecast
 */
export function explainDemand(forecast: ExplainedForecast): Explanation {
  const { present, options, demand, members } = forecast;
  const { scale } = present.fitted;
  const { base } = demand;
  const { clock = utcClock } = present.fitted.samples;
  const total = totalDemand(demand).point;
  const step = explainedStep(base, total, options.at);
  const at = base.start + step * base.stepSeconds * 1000;
  const scaledBase = scale.to(base.point[step] as number);
  const events = explainEvents(forecast, step, scale.to(total[step] as number) - scaledBase);
  const width = explainWidth({ ...forecast, events: options.events }, step);
  let sum = 0;
  const parts = [
    ...explainBase(present, at, scaledBase),
    ...events.map(({ event, amount }) => ({ kind: 'event' as const, event, amount })),
  ].map((part): ExplanationPart => {
    sum += part.amount;
    return { ...part, runningTotal: scale.from(sum) };
  });
  return {
    origin: present.origin,
    at,
    stepSeconds: base.stepSeconds,
    timeZone: clock.timeZone,
    offsetMs: clock.offsetAt(at),
    point: total[step] as number,
    scale: scale.name,
    offset: scale.name === 'log' ? Math.exp(scale.to(0)) : 0,
    parts,
    members,
    events,
    seasons: seasonsOf(localSamples(ordinarySamples(present))),
    ...(width === undefined ? {} : { width }),
    basis: demand.basis,
  };
}

/** The history with NaN for events and lone spikes. */
function ordinarySamples({ fitted: { samples, residuals } }: Present): Samples {
  return {
    ...samples,
    values: samples.values.map((value, i) => (Number.isNaN(residuals.values[i]) ? Number.NaN : value)),
  };
}

/** Index of the step that contains `at`; by default of the step with the highest demand. */
function explainedStep(base: DemandForecast['base'], total: readonly number[], at: number | undefined): number {
  if (at === undefined) return total.reduce((best, value, i) => (value > (total[best] as number) ? i : best), 0);
  const stepMs = base.stepSeconds * 1000;
  const step = Math.round((stepContaining(at, base.start, stepMs) - base.start) / stepMs);
  if (!(step >= 0 && step < total.length))
    throw new RangeError(`at must lie in the ${total.length} steps from ${base.start} on, got ${at}`);
  return step;
}

/** Explains each event; on the model's scale the joint amount is split in proportion to what each event adds. */
function explainEvents({ present, options, known, demand, learn }: ExplainedForecast, step: number, amount: number) {
  const { base, extras } = demand;
  const time = base.start + step * base.stepSeconds * 1000;
  const added = extras.reduce((sum, { extra }) => sum + (extra.point[step] as number), 0);
  return options.events.flatMap((event, k) => {
    const extra = extras[k]?.extra.point[step] ?? 0;
    if (!(extra > 0)) return [];
    return [explainEvent(present, { event, known, base }, learn, { time, amount: (amount * extra) / added, extra })];
  });
}

import { checkEvents, checkOptions } from '../check-options.ts';
import { onLocalClock } from '../clock/on-local-clock.ts';
import { maskHistory } from '../events/mask-events.ts';
import { formatSpan } from '../format-span.ts';
import { type HorizonErrors, priorErrors } from '../horizon-errors.ts';
import type { FitContext, Model, PredictOptions } from '../model.ts';
import { appendSamples } from '../outages/samples-after.ts';
import { type ModelScale, scaleOf } from '../series/log-scale.ts';
import { endOf, type Samples } from '../series/samples.ts';
import { soundRecent, soundSamples } from '../series/sound-samples.ts';
import { stepContaining } from '../series/step-grid.ts';
import { quantileOfSorted } from '../statistics/sample-quantile.ts';
import { buildForecast } from './build-forecast.ts';

const dayMs = 86_400_000;
const mostPairs = 2000;
/** Number of seasons ahead beyond which the errors stop growing. */
const mostSeasons = 9;

/**
 * Model: the value at the same minute of the last day with one, events left out; the last value where no day has one.
 */
export const seasonalNaiveDay: Model = onLocalClock(seasonalNaive('seasonal-naive-day', dayMs));

/**
 * Model: the value at the same minute of the last week with one, events left out; the last value where no week has one.
 */
export const seasonalNaiveWeek: Model = onLocalClock(seasonalNaive('seasonal-naive-week', 7 * dayMs));

function seasonalNaive(name: string, seasonMs: number): Model {
  return {
    name,
    fit: (history, context) => {
      checkEvents(context.events);
      const samples = soundSamples(history, context);
      const kept = keepOrdinary(samples, context);
      const scale = scaleOf(kept);
      const errors = seasonErrors({ ...samples, values: kept.map(scale.to) }, seasonMs);
      return {
        basis: `${name} on ${formatSpan(endOf(samples) - samples.start)}`,
        predict: options => predict({ name, seasonMs, samples, scale, errors }, context, options),
      };
    },
  };
}

interface Fit {
  readonly name: string;
  readonly seasonMs: number;
  readonly samples: Samples;
  readonly scale: ModelScale;
  readonly errors: HorizonErrors;
}

function predict({ name, seasonMs, samples, scale, errors }: Fit, context: FitContext, options: PredictOptions) {
  checkOptions(options);
  checkEvents(options.events);
  const events = [...context.events, ...options.events];
  const known = options.recent
    ? appendSamples(samples, soundRecent(options.recent, [...context.events, ...options.events], samples))
    : samples;
  const kept = keepOrdinary(known, { ...context, events });
  const season = Math.max(1, Math.round(seasonMs / known.stepMs));
  const last = kept.findLast(value => !Number.isNaN(value)) ?? 0;
  return buildForecast({
    model: name,
    start: stepContaining(options.from ?? context.now, known.start, known.stepMs),
    stepMs: known.stepMs,
    steps: options.steps,
    levels: options.levels,
    origin: known.values.length > 0 ? endOf(known) : context.now,
    scale,
    pointAt: time => scale.to(lastSeason(kept, Math.round((time - known.start) / known.stepMs), season) ?? last),
    errors,
  });
}

function keepOrdinary(samples: Samples, context: FitContext): Float64Array {
  const masked = maskHistory(samples, context.events);
  return samples.values.map((value, i) => (masked[i] ? Number.NaN : value));
}

function lastSeason(kept: Float64Array, index: number, season: number): number | undefined {
  const newest = kept.length - 1;
  const seasons = index > newest ? Math.ceil((index - newest) / season) : 0;
  for (let i = index - seasons * season; i >= 0; i -= season) {
    const value = kept[i];
    if (value !== undefined && !Number.isNaN(value)) return value;
  }
  return undefined;
}

/** Errors from the differences between consecutive seasons, growing with √seasons ahead, as in a random walk. */
function seasonErrors({ values: scaled, stepMs }: Samples, seasonMs: number): HorizonErrors {
  const season = Math.max(1, Math.round(seasonMs / stepMs));
  const pairs = scaled.length - season;
  const stride = Math.max(1, Math.floor(pairs / mostPairs));
  const errors: number[] = [];
  for (let i = scaled.length - 1; i >= season; i -= stride) {
    const error = (scaled[i] as number) - (scaled[i - season] as number);
    if (!Number.isNaN(error)) errors.push(error);
  }
  if (errors.length < 20) return priorErrors(scaled.length);
  const sorted = Float64Array.from(errors).sort();
  return level => {
    const offset = quantileOfSorted(sorted, level);
    return aheadMs => offset * Math.sqrt(Math.min(mostSeasons, Math.max(1, Math.ceil(aheadMs / seasonMs))));
  };
}

import { checkEvents, checkOptions } from '../check-options.ts';
import { onLocalClock } from '../clock/on-local-clock.ts';
import { type Decomposition, lessProfile, onlyPresent, withoutEvents } from '../decomposition.ts';
import type { Event } from '../event.ts';
import { maskEvents } from '../events/mask-events.ts';
import { nearEvents } from '../events/past/near-events.ts';
import type { Forecast } from '../forecast.ts';
import { formatSpan } from '../format-span.ts';
import { type HorizonErrors, learnHorizonErrors } from '../horizon-errors.ts';
import type { FitContext, FittedModel, Model, PredictOptions } from '../model.ts';
import { buildForecast } from '../models/build-forecast.ts';
import { ladder } from '../models/ladder.ts';
import { inflationOf } from '../models/level-profile.ts';
import { presentOf } from '../present.ts';
import { coarsen } from '../series/coarsen.ts';
import { levelAhead, trackLevel } from '../series/local-level.ts';
import { endOf, type Samples } from '../series/samples.ts';
import { soundSamples } from '../series/sound-samples.ts';
import { stepContaining } from '../series/step-grid.ts';
import { continueHistory } from './continue-history.ts';
import { designFor } from './members/ensemble-members.ts';
import { type RegularHistory, regularHistory } from './regular-history.ts';
import { type Combination, combineMembers } from './weights/combine-members.ts';
import { withFinerNoise } from './weights/finer-noise.ts';
import { withFirstHourErrors } from './weights/first-hour-errors.ts';
import { stretchErrors } from './weights/stretch-errors.ts';

const finestStepMs = 300_000;
const hourMs = 3_600_000;
/**
 * Horizon of the ensemble; further ahead, recent deviations no longer help and the forecast fades to level × profile.
 */
const farthestMs = 48 * hourMs;
const fadeMs = 6 * hourMs;

/**
 * Combined forecast of naive, profile and lag-regression members: their median; with at least five days of history
 * (nine at hourly steps) mostly their mean, weighted by each member's accuracy on the last days. Works on steps of five
 * minutes to an hour; finer histories are forecast in steps of five minutes. Uses the ladder below two days and on
 * coarser steps.
 *
 * @see Bates & Granger (1969), The Combination of Forecasts, Operational Research Quarterly 20(4); Stock & Watson
 * (2004), Combination forecasts of output growth in a seven-country data set, Journal of Forecasting 23(6): simple
 * combinations are hard to beat where there is little to weigh by
 */
export const ensemble: Model = ensembleOf('ensemble', designFor);

/** An ensemble of other members, or of a single one. `designOn` gives the design for a number of steps per day. */
export function ensembleOf(name: string, designOn: typeof designFor): Model {
  return onLocalClock({
    name,
    fit: (history, context) => {
      checkEvents(context.events);
      return fitEnsemble({ name, designOn }, soundSamples(history, context), context) ?? ladder.fit(history, context);
    },
  });
}

/** Name and members of an ensemble. */
interface EnsembleSpec {
  readonly name: string;
  readonly designOn: typeof designFor;
}

function fitEnsemble({ name, designOn }: EnsembleSpec, samples: Samples, context: FitContext): FittedModel | undefined {
  const grid = coarsen(samples, finestStepMs);
  const near = nearEvents(context.events, endOf(samples), grid.stepMs);
  if (grid.stepMs > hourMs) return undefined;
  const history = regularHistory(grid, context.events);
  const combination = combineMembers(history, designOn(history.stepsPerDay));
  if (combination === undefined) return undefined;
  const fitted = grid === samples ? history.decomposition : onFinerSteps(samples, history, context.events);
  const { profile, residuals, level } = fitted;
  const { decomposition } = history;
  const coarse = learnHorizonErrors(decomposition.residuals, decomposition.level, inflationOf(profile));
  const far = stretchErrors(coarse, { ...combination, stepMs: grid.stepMs, farthestMs, fadeMs });
  const trials = combination.firstHourErrors;
  const onGrid = trials ? withFirstHourErrors(far, { trials, stepMs: grid.stepMs }) : far;
  const errors =
    fitted === decomposition
      ? onGrid
      : withFinerNoise(onGrid, { coarse, fine: learnHorizonErrors(residuals, level, inflationOf(profile)) });
  const known = onlyPresent(fitted);
  return {
    basis: `${name} on ${formatSpan(endOf(samples) - samples.start)}${describe(combination)}`,
    members: combination.shares,
    predict: options =>
      predict({ name, fitted: known, history, combination, errors }, { ...context, events: near }, options),
  };
}

function describe({ shares, farErrors }: Combination): string {
  if (shares.length === 1) return '';
  if (farErrors.length === 0) return `: median of ${shares.length} forecasts`;
  const weightiest = shares.slice(0, 3).map(({ name, weight }) => `${name} ${Math.round(100 * weight)} %`);
  return `: ${weightiest.join(', ')}`;
}

/**
 * Decomposition of finer samples by the grid's profile, so that levels and errors include the noise inside a grid step.
 */
function onFinerSteps(samples: Samples, { decomposition }: RegularHistory, events: readonly Event[]): Decomposition {
  const { scale, profile } = decomposition;
  const deviations = { ...samples, values: lessProfile(samples.values.map(scale.to), samples, profile) };
  const residuals = withoutEvents(deviations, maskEvents(samples, events));
  return { samples, scale, profile, deviations, residuals, level: trackLevel(residuals) };
}

interface Fit {
  readonly name: string;
  readonly fitted: Decomposition;
  readonly history: RegularHistory;
  readonly combination: Combination;
  readonly errors: HorizonErrors;
}

function predict(
  { name, fitted, history, combination, errors }: Fit,
  context: FitContext,
  options: PredictOptions,
): Forecast {
  checkOptions(options);
  checkEvents(options.events);
  const events = [...context.events, ...options.events];
  const present = presentOf(fitted, { ...options, events, now: context.now });
  const { origin, tail, tailLevel } = present;
  const start = stepContaining(options.from ?? context.now, tail.start, tail.stepMs);
  const scaled = continueHistory(history, fitted, options.recent, events);
  const gridOrigin = history.start + scaled.length * history.stepMs;
  const end = Math.min(start + options.steps * tail.stepMs, gridOrigin + farthestMs + fadeMs);
  const steps =
    start > gridOrigin + farthestMs + fadeMs ? 0 : Math.max(0, Math.ceil((end - gridOrigin) / history.stepMs));
  const points = steps === 0 ? new Float64Array(0) : combination.follow(scaled)(scaled.length, steps);
  const { scale, profile } = fitted;
  return buildForecast({
    model: name,
    start,
    stepMs: tail.stepMs,
    steps: options.steps,
    levels: options.levels,
    origin,
    scale,
    pointAt: time => {
      const far = profile.at(time) + levelAhead(tailLevel.slow.level, tailLevel.fast.level, time - origin);
      const near = points[Math.floor((time - gridOrigin) / history.stepMs)];
      if (near === undefined || !Number.isFinite(near)) return far;
      const share = Math.min(1, Math.max(0, (time - gridOrigin - farthestMs) / fadeMs));
      return (1 - share) * (scale.to(near) + profile.holidayEffect(time)) + share * far;
    },
    errors,
    doubtAt: profile.holidayDoubt,
  });
}

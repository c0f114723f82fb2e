import { checkEvents, checkOptions } from '../check-options.ts';
import { type Decomposition, decompose, onlyPresent } from '../decomposition.ts';
import type { Forecast } from '../forecast.ts';
import { formatSpan } from '../format-span.ts';
import { type HorizonErrors, learnHorizonErrors } from '../horizon-errors.ts';
import type { FitContext, FittedModel, Model, PredictOptions } from '../model.ts';
import { type Present, presentOf } from '../present.ts';
import type { DayProfile } from '../profile/day-profile.ts';
import { levelAhead } from '../series/local-level.ts';
import { endOf } from '../series/samples.ts';
import { soundSamples } from '../series/sound-samples.ts';
import { stepContaining } from '../series/step-grid.ts';
import { buildForecast } from './build-forecast.ts';

const name = 'level-profile';

/**
 * Model: level × profile, the usual demand in this minute of this kind of day times the current level. The level of the
 * last hour fades to that of the last day with a half-life of three hours. Past events are masked.
 */
export const levelProfile: Model = {
  name,
  fit: (history, context) => {
    checkEvents(context.events);
    return levelProfileOn(decompose(soundSamples(history, context), context.events), context);
  },
};

/** A fitted level × profile, which can also forecast from a fit that is already updated with newer values. */
export interface FittedLevelProfile extends FittedModel {
  predictFrom(present: Present, options: PredictOptions): Forecast;
}

/** Level × profile on a decomposed history. */
export function levelProfileOn(fitted: Decomposition, context: FitContext): FittedLevelProfile {
  const { samples, profile } = fitted;
  const known = onlyPresent(fitted);
  const errors = learnHorizonErrors(fitted.residuals, fitted.level, inflationOf(profile));
  const predictFrom = (present: Present, options: PredictOptions) => predict(present, errors, context, options);
  return {
    basis: `${profileWords[profile.kinds]} on ${formatSpan(endOf(samples) - samples.start)}`,
    predictFrom,
    predict: options => {
      checkOptions(options);
      checkEvents(options.events);
      const events = [...context.events, ...options.events];
      return predictFrom(presentOf(known, { ...options, events, now: context.now }), options);
    },
  };
}

const profileWords: Readonly<Record<DayProfile['kinds'], string>> = {
  none: 'level alone',
  day: 'level × day profile',
  weekend: 'level × day profile, weekends separate',
  weekday: 'level × weekday profile',
};

function predict(present: Present, errors: HorizonErrors, context: FitContext, options: PredictOptions): Forecast {
  const { fitted, origin, tail, tailLevel } = present;
  const { profile, scale } = fitted;
  return buildForecast({
    model: name,
    start: stepContaining(options.from ?? context.now, tail.start, tail.stepMs),
    stepMs: tail.stepMs,
    steps: options.steps,
    levels: options.levels,
    origin,
    scale,
    pointAt: time => profile.at(time) + levelAhead(tailLevel.slow.level, tailLevel.fast.level, time - origin),
    errors,
    doubtAt: profile.holidayDoubt,
  });
}

/**
 * Factor ≥ 1 on the errors, since a profile fits the days it was fitted on better than new ones: √(days ÷ (days − 1)).
 */
export function inflationOf(profile: DayProfile): number {
  return profile.kinds === 'none' || profile.days < 2 ? 1 : Math.sqrt(profile.days / (profile.days - 1));
}

import { checkEvents, checkOptions } from '../check-options.ts';
import { maskEvents } from '../events/mask-events.ts';
import { formatSpan } from '../format-span.ts';
import { learnHorizonErrors } from '../horizon-errors.ts';
import type { Model } from '../model.ts';
import { appendSamples } from '../outages/samples-after.ts';
import { trackLevel } from '../series/local-level.ts';
import { scaleOf } from '../series/log-scale.ts';
import { endOf } from '../series/samples.ts';
import { soundRecent, soundSamples } from '../series/sound-samples.ts';
import { stepContaining } from '../series/step-grid.ts';
import { buildForecast } from './build-forecast.ts';

const name = 'last-value';

/** Model: repeats the last measured value, during events as well. The baseline for all other models. */
export const lastValue: Model = {
  name,
  fit: (history, context) => {
    checkEvents(context.events);
    const samples = soundSamples(history, context);
    const scale = scaleOf(samples.values);
    const masked = maskEvents(samples, context.events);
    const ordinary = { ...samples, values: samples.values.map((v, i) => (masked[i] ? Number.NaN : scale.to(v))) };
    const errors = learnHorizonErrors(ordinary, trackLevel(ordinary), 1);
    return {
      basis: `last value of ${formatSpan(endOf(samples) - samples.start)}`,
      predict: options => {
        checkOptions(options);
        checkEvents(options.events);
        const recent = options.recent
          ? soundRecent(options.recent, [...context.events, ...options.events], samples)
          : undefined;
        const known = recent ? appendSamples(samples, recent) : samples;
        const last = scale.to(known.values.findLast(value => !Number.isNaN(value)) ?? 0);
        return buildForecast({
          model: name,
          start: stepContaining(options.from ?? context.now, known.start, known.stepMs),
          stepMs: known.stepMs,
          steps: options.steps,
          levels: options.levels,
          origin: known.values.length > 0 ? endOf(known) : context.now,
          scale,
          pointAt: () => last,
          errors,
        });
      },
    };
  },
};

import type { Forecast } from '../forecast.ts';
import type { HorizonErrors } from '../horizon-errors.ts';
import type { ModelScale } from '../series/log-scale.ts';

/** A model's result, for {@link buildForecast} to turn into a forecast. */
export interface ForecastParts {
  readonly model: string;
  /** Start of the first step, epoch ms. */
  readonly start: number;
  readonly stepMs: number;
  readonly steps: number;
  readonly levels: readonly number[];
  /** End of the newest data used, epoch ms. */
  readonly origin: number;
  readonly scale: ModelScale;
  /** The point forecast of the step that begins at `time`, on the model's scale. */
  readonly pointAt: (time: number) => number;
  readonly errors: HorizonErrors;
}

/** Builds a forecast on the raw scale: point and quantiles are clipped, quantiles do not cross, no NaN. */
export function buildForecast(parts: ForecastParts): Forecast {
  const { start, stepMs, steps, levels, origin, scale } = parts;
  const scaled = new Float64Array(steps);
  for (let i = 0; i < steps; i++) scaled[i] = finite(parts.pointAt(start + i * stepMs));
  const most = Number.MAX_VALUE;
  const clip = (value: number, room: number) =>
    Math.min(most, room * scale.highest, Math.max(-most, scale.lowest, value));
  let below: readonly number[] | undefined;
  const quantiles = levels.map(level => {
    const offset = parts.errors(level);
    const values: number[] = [];
    for (let i = 0; i < steps; i++) {
      const aheadMs = start + (i + 1) * stepMs - origin;
      const value = clip(scale.from((scaled[i] as number) + finite(offset(aheadMs))), 2);
      values.push(Math.max(below?.[i] ?? value, value));
    }
    below = values;
    return { level, values };
  });
  const point = Array.from(scaled, value => clip(scale.from(value), 1));
  return { model: parts.model, start, stepSeconds: stepMs / 1000, point, quantiles };
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

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
  /**
   * How far (signed, on the model's scale) the step at `time` may lie to one side for a reason that the errors do not
   * hold: quantiles on that side are moved by as much at P95 and P5, by less nearer the middle. @default 0
   */
  readonly doubtAt?: ((time: number) => number) | undefined;
}

/** Builds a forecast on the raw scale: point and quantiles are clipped, quantiles do not cross, no NaN. */
export function buildForecast(parts: ForecastParts): Forecast {
  const { start, stepMs, steps, levels, origin, scale } = parts;
  const scaled = new Float64Array(steps);
  for (let i = 0; i < steps; i++) scaled[i] = finite(parts.pointAt(start + i * stepMs));
  const most = Number.MAX_VALUE;
  const clip = (value: number, room: number) =>
    Math.min(most, room * scale.highest, Math.max(-most, scale.lowest, value));
  const doubts =
    parts.doubtAt === undefined ? undefined : scaled.map((_, i) => finite(parts.doubtAt?.(start + i * stepMs) ?? 0));
  const doubtOn = (side: number, i: number) => {
    const doubt = doubts?.[i] ?? 0;
    return side * doubt > 0 ? doubt : 0;
  };
  let below: readonly number[] | undefined;
  const quantiles = levels.map(level => {
    const offset = parts.errors(level);
    const side = Math.max(-1, Math.min(1, (level - 0.5) / 0.45));
    const values: number[] = [];
    for (let i = 0; i < steps; i++) {
      const aheadMs = start + (i + 1) * stepMs - origin;
      const moved = (scaled[i] as number) + finite(offset(aheadMs)) + Math.abs(side) * doubtOn(side, i);
      const value = clip(scale.from(moved), 2);
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

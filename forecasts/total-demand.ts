import type { DemandForecast } from './demand.ts';
import type { Forecast } from './forecast.ts';

/** Base plus every extra, level by level: what a service must serve. */
export function totalDemand({ base, extras }: DemandForecast): Forecast {
  const sum = (values: readonly number[], parts: readonly (readonly number[])[]) =>
    values.map((value, i) => parts.reduce((total, part) => total + (part[i] ?? 0), value));
  return {
    ...base,
    model: extras.length === 0 ? base.model : `${base.model} + events`,
    point: sum(
      base.point,
      extras.map(({ extra }) => extra.point),
    ),
    quantiles: base.quantiles.map(({ level, values }, q) => ({
      level,
      values: sum(
        values,
        extras.map(({ extra }) => extra.quantiles[q]?.values ?? []),
      ),
    })),
  };
}

import type { DemandForecast } from './demand.ts';
import type { Forecast, Quantile } from './forecast.ts';

/**
 * Total demand: base plus all extras, per quantile level. Where the sums of crossing extras would cross, the higher
 * level is raised to the lower one, so that the quantiles of the total never cross.
 */
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
    quantiles: ascending(
      base.quantiles.map(({ level, values }, q) => ({
        level,
        values: sum(
          values,
          extras.map(({ extra }) => extra.quantiles[q]?.values ?? []),
        ),
      })),
    ),
  };
}

function ascending(quantiles: readonly Quantile[]): readonly Quantile[] {
  let below: readonly number[] | undefined;
  return quantiles.map(({ level, values }) => {
    below = values.map((value, i) => Math.max(value, below?.[i] ?? value));
    return { level, values: below };
  });
}

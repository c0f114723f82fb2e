import type { Missing } from '../../api/missing.ts';
import type { WindowForecast } from './demand-forecasts.ts';

/**
 * Makes one forecast, so that it stands alone: one that throws, or gives a number that is none (a metric of 1e308 times a
 * sale), is missing with the reason, and every other forecast of the namespace is as without it.
 */
export function soundForecast(make: () => WindowForecast): WindowForecast | Missing {
  try {
    const forecast = make();
    if (isSound(forecast)) return forecast;
    return { missing: 'the forecast is no finite number: look at the values and the unit of the query' };
  } catch (error) {
    return { missing: `no forecast can be made: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function isSound({ base, extras }: WindowForecast): boolean {
  return [base, ...extras.map(({ extra }) => extra)].every(
    ({ point, quantiles }) =>
      point.every(Number.isFinite) && quantiles.every(({ values }) => values.every(Number.isFinite)),
  );
}

import type { DemandForecast, Event, EventForecast } from '../../../forecasts/index.ts';
import type { Missing } from '../../../src/api/missing.ts';
import type { ForecastWindow } from '../../../src/plan/demand/demand-forecasts.ts';
import { forecastLevels } from '../../../src/plan/demand/levels.ts';
import { dayShape, quantilesOf, rise } from './made-up-curves.ts';
import type { GivenTarget } from './planned-namespace.ts';

/** The forecast of one given target in one window: flat ordinary demand, and sales that rise for a third and fall for two. */
export function madeUpForecast(input: {
  readonly window: ForecastWindow;
  readonly target: GivenTarget;
  readonly events: readonly Event[];
  readonly stepSeconds: number;
}): DemandForecast | Missing {
  const { window, target, events, stepSeconds } = input;
  const { levels = forecastLevels } = window;
  const ordinary = target.forecast ?? 20;
  if (typeof ordinary !== 'number') return ordinary;
  const stepMs = stepSeconds * 1000;
  const start = Math.floor(window.start / stepMs) * stepMs;
  const steps = Math.ceil((window.end - start) / stepMs);
  const met = events.filter(event => event.start < window.end && start < event.end);
  const extras = met.map((event): EventForecast => {
    const sale = event.id.replace(/-\d{8}-\d{4}$/, '');
    const peak = target.adds?.[sale] ?? ordinary * ((event.statedPeakRatio ?? 1) - 1);
    const extra = Array.from({ length: steps }, (_, step) => {
      const at = start + step * stepMs;
      return peak * rise(at, event) * dayShape(at, target.night);
    });
    return {
      event: event.id,
      pastEvents: target.pastSales ?? 0,
      extra: quantilesOf(extra, start, { stepSeconds, levels }),
    };
  });
  const ordinaryDay = Array.from(
    { length: steps },
    (_, step) => ordinary * dayShape(start + step * stepMs, target.night),
  );
  const base = quantilesOf(ordinaryDay, start, { stepSeconds, levels });
  return { base, extras, basis: 'made up', ...(target.notes === undefined ? {} : { notes: target.notes }) };
}

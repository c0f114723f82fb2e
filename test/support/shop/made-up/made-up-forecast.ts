import type { DataNote, DemandForecast, Event, EventForecast } from '../../../../forecasts/index.ts';
import type { Missing } from '../../../../src/api/missing.ts';
import type { ForecastWindow } from '../../../../src/plan/demand/demand-forecasts.ts';
import { forecastLevels } from '../../../../src/plan/demand/levels.ts';
import { dayShape, quantilesOf, rise } from './made-up-curves.ts';

/** The demand of one target, from which its forecast is made up. */
export interface MadeUpDemand {
  /** The median demand of an ordinary minute, in requests per second; or why there is no forecast. */
  readonly forecast?: number | Missing;
  /** Demand at 04:00 UTC as a share of that at 16:00 UTC, with and without sales. @default 1 */
  readonly night?: number;
  /** What a sale adds at its peak by this target's own model; by default at entry points, from the stated peak. */
  readonly adds?: Readonly<Record<string, number>>;
  /** @default 0 */
  readonly pastSales?: number;
  /** What cannot be meant in its history. */
  readonly notes?: readonly DataNote[];
}

/** The forecast of one given target in one window: flat ordinary demand, and sales that rise for a third and fall for two. */
export function madeUpForecast(input: {
  readonly window: ForecastWindow;
  readonly target: MadeUpDemand;
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

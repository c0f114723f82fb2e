import { type HiddenPeak, withinStepPeaks } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { Occurrence } from '../accept/occurrence.ts';
import type { WindowForecast } from './demand-forecasts.ts';
import { saleEvent } from './sale-events.ts';

/** Forecasts by target name, with the highest minute of each step in place of its mean. */
export interface SharpenedForecasts {
  readonly forecasts: Readonly<Record<string, WindowForecast | Missing>>;
  /** The peak of each sale that the steps' means hide, by target name and SalePlan. */
  readonly hidden: ReadonlyMap<string, ReadonlyMap<string, HiddenPeak>>;
}

/** Sharpens forecasts to size replicas by: where steps are longer than a minute, the first minutes of a sale count. */
export function sharpenForecasts(
  forecasts: Readonly<Record<string, WindowForecast | Missing>>,
  occurrences: readonly Occurrence[],
): SharpenedForecasts {
  const events = occurrences.map(saleEvent);
  const hidden = new Map<string, ReadonlyMap<string, HiddenPeak>>();
  const sharpened = Object.entries(forecasts).map(([name, forecast]): [string, WindowForecast | Missing] => {
    if (isMissing(forecast)) return [name, forecast];
    const peaks =
      forecast.coarsened === undefined
        ? withinStepPeaks(forecast, events)
        : { demand: forecast, hidden: forecast.coarsened };
    if (peaks.hidden.size > 0) hidden.set(name, peaks.hidden);
    return [name, peaks.demand];
  });
  return { forecasts: hidden.size === 0 ? forecasts : Object.fromEntries(sharpened), hidden };
}

import { type DemandForecast, type HiddenPeak, withinStepPeaks } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { Occurrence } from '../accept/sale-occurrences.ts';
import { saleEvent } from './sale-events.ts';

/** The forecasts by target name, with the highest minute of each step in place of its mean. */
export interface SharpenedForecasts {
  readonly forecasts: Readonly<Record<string, DemandForecast | Missing>>;
  /** What the steps' means hide of each sale, by target name and SalePlan. */
  readonly hidden: ReadonlyMap<string, ReadonlyMap<string, HiddenPeak>>;
}

/** Forecasts to size replicas by: where demand is measured in steps longer than a minute, a sale's first minutes count. */
export function sharpenForecasts(
  forecasts: Readonly<Record<string, DemandForecast | Missing>>,
  occurrences: readonly Occurrence[],
): SharpenedForecasts {
  const events = occurrences.map(saleEvent);
  const hidden = new Map<string, ReadonlyMap<string, HiddenPeak>>();
  const sharpened = Object.entries(forecasts).map(([name, forecast]): [string, DemandForecast | Missing] => {
    if (isMissing(forecast)) return [name, forecast];
    const peaks = withinStepPeaks(forecast, events);
    if (peaks.hidden.size > 0) hidden.set(name, peaks.hidden);
    return [name, peaks.demand];
  });
  return { forecasts: Object.fromEntries(sharpened), hidden };
}

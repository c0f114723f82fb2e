import {
  type DemandForecast,
  type FittedDemand,
  type Forecast,
  type HiddenPeak,
  withinStepPeaks,
} from '../../../forecasts/index.ts';
import type { WindowForecast } from './demand-forecasts.ts';
import type { ForecastPiece } from './forecast-pieces.ts';
import { forecastLevels } from './levels.ts';
import { raisingActuals } from './raising-actuals.ts';

/** Forecasts one piece of a window by a fitted model. */
export function forecastPiece(model: FittedDemand, piece: ForecastPiece): WindowForecast {
  const { from, steps, coarseness, events, actuals, levels = forecastLevels } = piece;
  const beside = actuals === undefined || actuals.beside.length === 0 ? {} : { beside: actuals.beside };
  const forecast = model.predict({
    from,
    steps,
    levels,
    events,
    ...beside,
    ...(actuals === undefined ? {} : { recent: raisingActuals(actuals, model, [...actuals.beside, ...events]) }),
  });
  if (coarseness === 1) return forecast;
  const { demand, hidden } = withinStepPeaks(forecast, events);
  return { ...coarsen(demand, coarseness), coarsened: hidden };
}

/**
 * Joins the pieces of one window, each beginning where the one before ends. A sale of a coarsened window is part of the
 * result only from the first piece in which it is felt to the last; else its forecast is as long as that of the base.
 */
export function joinPieces(pieces: readonly WindowForecast[]): WindowForecast | undefined {
  const [first] = pieces;
  if (first === undefined || pieces.length === 1) return first;
  const extras = Map.groupBy(
    pieces.flatMap(({ extras }) => extras),
    ({ event }) => event,
  );
  const coarsened = pieces.flatMap(({ coarsened: hidden = [] }) => [...hidden]);
  const isCoarsened = pieces.some(piece => piece.coarsened !== undefined);
  const base = joinForecasts(pieces.map(one => one.base));
  return {
    ...first,
    base,
    extras: [...extras.values()].flatMap(parts => {
      const [one] = parts;
      if (one === undefined) return [];
      const extra = joinForecasts(parts.map(part => part.extra));
      return [{ ...one, extra: isCoarsened ? extra : asLongAs(base, extra) }];
    }),
    ...(isCoarsened ? { coarsened: highestHidden(coarsened) } : {}),
  };
}

function joinForecasts(parts: readonly Forecast[]): Forecast {
  const [first] = parts;
  if (first === undefined) throw new RangeError('there is nothing to join');
  return {
    ...first,
    point: parts.flatMap(({ point }) => point),
    quantiles: first.quantiles.map(({ level }, index) => ({
      level,
      values: parts.flatMap(({ quantiles }) => quantiles[index]?.values ?? []),
    })),
  };
}

/** The extra on all steps of the base: 0 where the sale is not felt. */
function asLongAs(base: Forecast, extra: Forecast): Forecast {
  const before = Math.round((extra.start - base.start) / (base.stepSeconds * 1000));
  const after = base.point.length - before - extra.point.length;
  const zeros = (count: number) => new Array<number>(count).fill(0);
  const lengthen = (values: readonly number[]) => [...zeros(before), ...values, ...zeros(after)];
  return {
    ...extra,
    start: base.start,
    point: lengthen(extra.point),
    quantiles: extra.quantiles.map(({ level, values }) => ({ level, values: lengthen(values) })),
  };
}

function highestHidden(all: readonly (readonly [string, HiddenPeak])[]): ReadonlyMap<string, HiddenPeak> {
  const highest = new Map<string, HiddenPeak>();
  for (const [sale, hidden] of all)
    if (hidden.peakRatio > (highest.get(sale)?.peakRatio ?? 0)) highest.set(sale, hidden);
  return highest;
}

/** Puts `count` steps together at a time, each at its highest, which is never too low. */
function coarsen(demand: DemandForecast, count: number): DemandForecast {
  return {
    ...demand,
    base: coarsenForecast(demand.base, count),
    extras: demand.extras.map(extra => ({ ...extra, extra: coarsenForecast(extra.extra, count) })),
  };
}

function coarsenForecast(forecast: Forecast, count: number): Forecast {
  const { point, quantiles, stepSeconds } = forecast;
  return {
    ...forecast,
    stepSeconds: stepSeconds * count,
    point: highestOfEach(point, count),
    quantiles: quantiles.map(({ level, values }) => ({ level, values: highestOfEach(values, count) })),
  };
}

function highestOfEach(values: readonly number[], count: number): readonly number[] {
  return Array.from({ length: Math.ceil(values.length / count) }, (_, index) => {
    let highest = values[index * count] ?? 0;
    for (let at = index * count + 1; at < Math.min(values.length, (index + 1) * count); at++)
      highest = Math.max(highest, values[at] ?? 0);
    return highest;
  });
}

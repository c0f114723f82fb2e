import type { Forecast } from '../../../forecasts/index.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { WindowForecast } from '../../plan/demand/demand-forecasts.ts';

/** Forecasts on their way between threads: all their values in one array, which is transferred and not copied. */
export interface PackedForecasts {
  /** The forecasts without the values of their steps. */
  readonly empty: readonly (WindowForecast | Missing)[];
  /** The number of steps of each list of values, in the order of `empty`. */
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
}

/** Packs forecasts for transfer; `unpackForecasts` gives equal ones. */
export function packForecasts(forecasts: readonly (WindowForecast | Missing)[]): PackedForecasts {
  const lists: (readonly number[])[] = [];
  const empty = forecasts.map(one =>
    mapLists(one, list => {
      lists.push(list);
      return [];
    }),
  );
  const values = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    values.set(list, at);
    at += list.length;
  }
  return { empty, lengths: Uint32Array.from(lists, ({ length }) => length), values };
}

/** Unpacks what `packForecasts` has packed. */
export function unpackForecasts({ empty, lengths, values }: PackedForecasts): readonly (WindowForecast | Missing)[] {
  let list = 0;
  let at = 0;
  return empty.map(one =>
    mapLists(one, () => {
      const from = at;
      at += lengths[list++] ?? 0;
      return listOf(values, from, at);
    }),
  );
}

/** Copies a part of a typed array; `Array.from` takes its values one by one from an iterator, ten times as slowly. */
function listOf(values: Float64Array, from: number, to: number): readonly number[] {
  const list: number[] = [];
  for (let index = from; index < to; index++) list.push(values[index] ?? 0);
  return list;
}

type MapList = (list: readonly number[]) => readonly number[];

function mapLists(forecast: WindowForecast | Missing, map: MapList): WindowForecast | Missing {
  if (isMissing(forecast)) return forecast;
  return {
    ...forecast,
    base: mapForecast(forecast.base, map),
    extras: forecast.extras.map(one => ({ ...one, extra: mapForecast(one.extra, map) })),
  };
}

function mapForecast(forecast: Forecast, map: MapList): Forecast {
  return {
    ...forecast,
    point: map(forecast.point),
    quantiles: forecast.quantiles.map(({ level, values }) => ({ level, values: map(values) })),
  };
}

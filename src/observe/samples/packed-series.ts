import type { Series } from '../../../forecasts/index.ts';

/** A series as one typed array, to be sent to a thread without a copy. */
export interface PackedSeries {
  /** Start of the first step, epoch ms. */
  readonly start: number;
  readonly stepSeconds: number;
  /** NaN where nothing was measured. */
  readonly values: Float64Array<ArrayBuffer>;
}

/** Packs a series. */
export function packSeries({ start, stepSeconds, values }: Series): PackedSeries {
  const packed = new Float64Array(values.length);
  for (let i = 0; i < packed.length; i++) packed[i] = values[i] ?? Number.NaN;
  return { start, stepSeconds, values: packed };
}

/** Unpacks a series: null where nothing was measured. */
export function unpackSeries({ start, stepSeconds, values: packed }: PackedSeries): Series {
  const values: (number | null)[] = [];
  for (const value of packed) values.push(Number.isNaN(value) ? null : value);
  return { start, stepSeconds, values };
}

import { medianOf } from '../../statistics/median.ts';
import type { PointModel } from '../point-model.ts';
import type { RegularHistory } from '../regular-history.ts';

/** Member: repeats the last value; hard to beat an hour ahead. */
export const lastPoint: PointModel = {
  name: 'last value',
  fit: () => known => (origin, steps) => new Float64Array(steps).fill(known[origin - 1] ?? 0),
};

/** Member: seasonal naive, repeats the last season of `days` days. */
export function seasonalPoint(name: string, days: number): PointModel {
  return {
    name,
    fit: ({ scaled, stepsPerDay }) => {
      const season = Math.round(days * stepsPerDay);
      if (season < 1 || scaled.length < season) return undefined;
      return known => (origin, steps) => {
        const forecast = new Float64Array(steps);
        for (let i = 0; i < steps; i++)
          forecast[i] = i < season ? (known[origin + i - season] ?? 0) : (forecast[i - season] as number);
        return forecast;
      };
    },
  };
}

/**
 * Member: median over the last seven days at the same time of day ± 1 step; robust to spikes and single unusual days.
 */
export const medianOfDays: PointModel = {
  name: 'median of days',
  fit: ({ scaled, stepsPerDay }: RegularHistory) => {
    const day = Math.round(stepsPerDay);
    if (day < 2 || scaled.length < 2 * day) return undefined;
    const scratch = new Float64Array(21);
    return known => (origin, steps) => {
      const forecast = new Float64Array(steps);
      for (let i = 0; i < steps; i++) {
        if (i < day) {
          const count = gather(known, origin, { at: origin + i, day }, scratch);
          forecast[i] = count === 0 ? (known[origin - 1] ?? 0) : medianOf(scratch, count);
        } else forecast[i] = forecast[i - day] as number;
      }
      return forecast;
    };
  },
};

/** Collects the values of seven days around one time of day in `scratch`; returns their number. */
function gather(
  known: Float64Array,
  origin: number,
  { at, day }: { readonly at: number; readonly day: number },
  scratch: Float64Array,
): number {
  let count = 0;
  for (let back = 1; back <= 7; back++) {
    const center = at - back * day;
    for (let t = center - 1; t <= center + 1; t++) if (t >= 0 && t < origin) scratch[count++] = known[t] as number;
  }
  return count;
}

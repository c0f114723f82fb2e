import { medianAcross } from '../consensus.ts';
import { hourlyLagRidges, hourlyReach } from '../lags/hourly-lag-ridges.ts';
import { lagSums } from '../lags/lag-sums.ts';
import type { PointModel } from '../point-model.ts';
import type { RegularHistory } from '../regular-history.ts';

const bridgeHours = 0.5;

/**
 * Median of the hourly lag ridges, on a finer grid: the ridges forecast hourly means, and the profile gives the shape
 * inside each hour. The first steps start from the deviation of the last hour, which fades with a half-life of 30 min.
 */
export const hourlyShape: PointModel = {
  name: 'hourly lags × shape of the hour',
  fit: history => {
    const perHour = history.stepsPerDay / 24;
    if (!Number.isInteger(perHour) || perHour < 2) return undefined;
    const scaled = hoursUpTo(runningSums(history.scaled), history.scaled.length, perHour);
    const hourly = { ...history, scaled, stepsPerDay: 24, lagSums: lagSums(scaled, [scaled.length]) };
    const fits = hourlyLagRidges.flatMap(model => model.fit(hourly) ?? []);
    if (fits.length < 3) return undefined;
    return known => {
      const sums = runningSums(known);
      return (origin, steps) => {
        const hours = hoursUpTo(sums, origin, perHour, hourlyReach);
        const count = Math.ceil(steps / perHour);
        const forecasts = fits.map(fit => fit(hours)(hours.length, count));
        return shape(history, known, origin, steps, medianAcross(forecasts, count));
      };
    };
  },
};

function shape(
  { stepsPerDay, profileOver }: RegularHistory,
  known: Float64Array,
  origin: number,
  steps: number,
  hours: Float64Array,
): Float64Array {
  const perHour = stepsPerDay / 24;
  const usual = profileOver(origin + steps + perHour);
  const profile = (step: number) => usual[origin + step] as number;
  let deviation = 0;
  for (let back = 1; back <= perHour; back++) deviation += ((known[origin - back] ?? 0) - profile(-back)) / perHour;
  const forecast = new Float64Array(steps);
  for (let hour = 0; hour * perHour < steps; hour++) {
    let mean = 0;
    for (let k = 0; k < perHour; k++) mean += profile(hour * perHour + k) / perHour;
    for (let k = 0; k < perHour && hour * perHour + k < steps; k++) {
      const step = hour * perHour + k;
      const share = 2 ** (-step / (bridgeHours * perHour));
      forecast[step] = profile(step) + (1 - share) * ((hours[hour] as number) - mean) + share * deviation;
    }
  }
  return forecast;
}

/** Running sums: index t holds the sum of the first t values. */
function runningSums(scaled: Float64Array): Float64Array {
  const sums = new Float64Array(scaled.length + 1);
  for (let t = 0; t < scaled.length; t++) sums[t + 1] = (sums[t] as number) + (scaled[t] as number);
  return sums;
}

/** Hourly means of the last whole hours before index `end`, at most `most` of them. */
function hoursUpTo(sums: Float64Array, end: number, perHour: number, most = Number.POSITIVE_INFINITY): Float64Array {
  const count = Math.min(most, Math.floor(end / perHour));
  const hours = new Float64Array(count);
  for (let hour = 0, t = end - count * perHour; hour < count; hour++, t += perHour)
    hours[hour] = ((sums[t + perHour] as number) - (sums[t] as number)) / perHour;
  return hours;
}

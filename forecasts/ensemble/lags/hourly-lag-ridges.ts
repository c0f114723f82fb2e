import type { PointModel } from '../point-model.ts';
import { type LagRidgeSpec, lagRidges } from './lag-ridges.ts';

const narrow = [1, 2, 3, 23, 24, 25, 48, 72, 96, 120, 144, 167, 168, 169];
const wide = [1, 2, 3, 4, 5, 6, 22, 23, 24, 25, 26, 47, 48, 49, 72, 96, 120, 144, 166, 167, 168, 169, 170];
const overDay = [1, 2, 3, 23, 24, 25, 26, 48, 49, 72, 96, 120, 143, 144, 145, 146, 167, 168, 169];
const overWeek = [1, 2, 3, 23, 24, 25, 47, 48, 49, 143, 144, 145, 167, 168, 169, 170];

/** Lag sets for hourly series with daily and weekly seasons; chosen on the odd half of M4 Hourly's training part. */
export const hourlyLagSpecs: readonly LagRidgeSpec[] = [
  { name: 'lags', lags: narrow, difference: 0, ridge: 1e-5, isHuber: false },
  { name: 'lags, Huber', lags: narrow, difference: 0, ridge: 1e-5, isHuber: true },
  { name: 'wide lags', lags: wide, difference: 0, ridge: 1e-5, isHuber: false },
  { name: 'lags of day differences', lags: overDay, difference: 24, ridge: 1e-3, isHuber: false },
  { name: 'lags of day differences, Huber', lags: overDay, difference: 24, ridge: 1e-3, isHuber: true },
  { name: 'lags of week differences', lags: overWeek, difference: 168, ridge: 1e-3, isHuber: false },
  { name: 'lags of week differences, Huber', lags: overWeek, difference: 168, ridge: 1e-3, isHuber: true },
];

/** The lag ridges for an hourly grid, one member per spec. */
export const hourlyLagRidges: readonly PointModel[] = lagRidges(hourlyLagSpecs);

/** Number of hours before an origin that these members read. */
export const hourlyReach = Math.max(...hourlyLagSpecs.map(({ lags, difference }) => (lags.at(-1) ?? 0) + difference));

import { hourlyLagRidges } from './hourly-lag-ridges.ts';
import { hourlyShape } from './hourly-shape.ts';
import { levelProfilePoint } from './level-profile-point.ts';
import { lastPoint, medianOfDays, seasonalPoint } from './naive-points.ts';
import type { PointModel } from './point-model.ts';
import { residualRidge } from './residual-ridge.ts';

/** Inner origins and what is made of the errors from there, see `weighMembers`. */
export interface Judging {
  /** How far ahead. */
  readonly hours: number;
  readonly origins: number;
  readonly spacingHours: number;
  /** One more origin, a week before the present one: it tells members that take a week-end for a working day. */
  readonly alsoWeekAgo?: boolean;
  readonly recency: number;
  readonly sharpness: number;
  readonly gate: number;
}

/** Which members there are on a grid, and how they are judged there. */
export interface EnsembleDesign {
  /** The first `naives` of them are naive, the next one is level × profile. */
  readonly members: readonly PointModel[];
  readonly naives: number;
  /** How members are judged by all of the horizon. */
  readonly far: Judging;
  /** The same for the first hour; absent where an hour is one step. */
  readonly near?: Judging;
}

const common = [
  lastPoint,
  seasonalPoint('yesterday', 1),
  seasonalPoint('last week', 7),
  levelProfilePoint,
  medianOfDays,
  residualRidge,
];

/** Chosen on the odd half of M4 Hourly's training part. */
const hourly: EnsembleDesign = {
  members: [...common, ...hourlyLagRidges],
  naives: 3,
  far: { hours: 48, origins: 6, spacingHours: 24, recency: 0.7, sharpness: 4, gate: Number.POSITIVE_INFINITY },
};

/** Chosen on sixteen five-minute series, where members without a gate lose to the naives on the worst of them. */
const finer: EnsembleDesign = {
  members: [...common, hourlyShape],
  naives: 3,
  far: { hours: 24, origins: 3, spacingHours: 24, alsoWeekAgo: true, recency: 1, sharpness: 6, gate: 1 },
  near: { hours: 1, origins: 24, spacingHours: 2, recency: 0.9, sharpness: 6, gate: 1.2 },
};

/** The design for a grid; undefined where a day is no whole number of steps or a step is longer than an hour. */
export function designFor(stepsPerDay: number): EnsembleDesign | undefined {
  if (!Number.isInteger(stepsPerDay) || stepsPerDay < 24) return undefined;
  return stepsPerDay === 24 ? hourly : finer;
}

import { hourlyLagRidges } from '../lags/hourly-lag-ridges.ts';
import type { PointModel } from '../point-model.ts';
import { residualRidge } from '../residuals/residual-ridge.ts';
import { hourlyShape } from './hourly-shape.ts';
import { levelProfilePoint } from './level-profile-point.ts';
import { lastPoint, medianOfDays, seasonalPoint } from './naive-points.ts';

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
  /** The share (0–1) of the members' weighted mean in the common forecast; the rest is their median. */
  readonly meanWeight: number;
  /** A member counts at most so many spreads of the voices from their median. */
  readonly clip: number;
}

/** Which members there are on a grid, and how they are judged there. */
export interface EnsembleDesign {
  /** Members that reason alike share a voice in the median. */
  readonly memberGroups: readonly (readonly PointModel[])[];
  /** The first `naives` members are naive. */
  readonly naives: number;
  /** How members are judged by all of the horizon. */
  readonly far: Judging;
  /** The same for the first hour; absent where an hour is one step. */
  readonly near?: Judging;
}

const common = [
  [lastPoint],
  [seasonalPoint('yesterday', 1)],
  [seasonalPoint('last week', 7)],
  [levelProfilePoint],
  [medianOfDays],
  [residualRidge],
];

/** Chosen on the odd half of M4 Hourly's training part. */
const hourly: EnsembleDesign = {
  memberGroups: [...common, hourlyLagRidges],
  naives: 3,
  far: {
    hours: 48,
    origins: 6,
    spacingHours: 24,
    recency: 0.7,
    sharpness: 4,
    gate: Number.POSITIVE_INFINITY,
    meanWeight: 1,
    clip: 3,
  },
};

/**
 * Chosen on sixteen five-minute series and three coarser ones, each with three days to four weeks of history: members
 * without a gate lose to the naives on the worst of them, weights without the median on histories below three weeks. An
 * hour ahead there are enough inner origins to trust, and what was last seen may be right against all others.
 */
const finer: EnsembleDesign = {
  memberGroups: [...common, [hourlyShape]],
  naives: 3,
  far: {
    hours: 24,
    origins: 3,
    spacingHours: 24,
    alsoWeekAgo: true,
    recency: 1,
    sharpness: 6,
    gate: 1,
    meanWeight: 0.8,
    clip: 3,
  },
  near: {
    hours: 1,
    origins: 24,
    spacingHours: 2,
    recency: 0.9,
    sharpness: 6,
    gate: 1.2,
    meanWeight: 1,
    clip: Number.POSITIVE_INFINITY,
  },
};

/** The design for a grid; undefined where a day is no whole number of steps or a step is longer than an hour. */
export function designFor(stepsPerDay: number): EnsembleDesign | undefined {
  if (!Number.isInteger(stepsPerDay) || stepsPerDay < 24) return undefined;
  return stepsPerDay === 24 ? hourly : finer;
}

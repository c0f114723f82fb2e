import { hourlyLagRidges } from '../lags/hourly-lag-ridges.ts';
import type { PointModel } from '../point-model.ts';
import { residualRidge } from '../residuals/residual-ridge.ts';
import { hourlyShape } from './hourly-shape.ts';
import { levelProfilePoint } from './level-profile-point.ts';
import { lastPoint, medianOfDays, seasonalPoint } from './naive-points.ts';

/** Settings of the inner origins and of the weights computed from their errors, see `weighMembers`. */
export interface Judging {
  /** Length of each trial forecast. */
  readonly hours: number;
  /** Number of inner origins. */
  readonly origins: number;
  /** Distance between two inner origins. */
  readonly spacingHours: number;
  /** One more origin a week before the forecast's origin: exposes members that confuse weekends with working days. */
  readonly alsoWeekAgo?: boolean;
  /** Weight of an origin relative to the next newer one, in (0, 1]. */
  readonly recency: number;
  /** Exponent of the softmax weights, ≥ 0. */
  readonly sharpness: number;
  /** Members with an error above `gate` times that of the best naive member get no weight. */
  readonly gate: number;
  /** The share (0–1) of the members' weighted mean in the common forecast; the rest is the median. */
  readonly meanWeight: number;
  /** Distance from the median, in spreads of the groups, to which a member's forecast is clipped in the mean. */
  readonly clip: number;
}

/** The members on a grid, and the settings of their weights. */
export interface EnsembleDesign {
  /** Members by group; a group of similar members counts as one in the median. */
  readonly memberGroups: readonly (readonly PointModel[])[];
  /** The first `naives` members are naive. */
  readonly naives: number;
  /** Settings for the weights over the whole horizon. */
  readonly far: Judging;
  /** Settings for the weights over the first hour; absent at hourly steps. */
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
 * Chosen on sixteen five-minute series and three coarser ones, each with three days to four weeks of history. Without
 * the gate the worst series lose to the naive members; without the median histories below three weeks do. For the first
 * hour there are enough inner origins for full weights, and no clip, since the last value alone may be right.
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

/** The design for a grid; undefined where a day is not a whole number of steps or a step is longer than an hour. */
export function designFor(stepsPerDay: number): EnsembleDesign | undefined {
  if (!Number.isInteger(stepsPerDay) || stepsPerDay < 24) return undefined;
  return stepsPerDay === 24 ? hourly : finer;
}

import { hourlyLagRidges } from './hourly-lag-ridges.ts';
import { hourlyShape } from './hourly-shape.ts';
import { levelProfilePoint } from './level-profile-point.ts';
import { lastPoint, medianOfDays, seasonalPoint } from './naive-points.ts';
import type { PointModel } from './point-model.ts';
import { residualRidge } from './residual-ridge.ts';

/** Which members there are on a grid, and how they are judged there. */
export interface EnsembleDesign {
  /** The first `naives` of them are naive, the next one is level × profile. */
  readonly members: readonly PointModel[];
  readonly naives: number;
  /** How far ahead members are judged. */
  readonly hours: number;
  readonly origins: number;
  readonly spacingHours: number;
  readonly recency: number;
  readonly sharpness: number;
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
  hours: 48,
  origins: 4,
  spacingHours: 24,
  recency: 1,
  sharpness: 4,
};

/** Chosen on sixteen five-minute series. */
const finer: EnsembleDesign = {
  members: [...common, hourlyShape],
  naives: 3,
  hours: 24,
  origins: 5,
  spacingHours: 12,
  recency: 0.8,
  sharpness: 6,
};

/** The design for a grid; undefined where a day is no whole number of steps or a step is longer than an hour. */
export function designFor(stepsPerDay: number): EnsembleDesign | undefined {
  if (!Number.isInteger(stepsPerDay) || stepsPerDay < 24) return undefined;
  return stepsPerDay === 24 ? hourly : finer;
}

import type { Model } from '../model.ts';
import { ensembleOf } from './ensemble.ts';
import { hourlyLagRidges } from './lags/hourly-lag-ridges.ts';
import { doubleSeasonal } from './members/double-seasonal.ts';
import { designFor } from './members/ensemble-members.ts';
import { hourlyShape } from './members/hourly-shape.ts';
import { onRawScale } from './members/on-raw-scale.ts';
import type { PointModel } from './point-model.ts';
import { residualRidge } from './residuals/residual-ridge.ts';

/** Two seasons smoothed exponentially, from two weeks on; no member of the ensemble. Below them the ladder. */
export const holtWinters: Model = alone('holt-winters', () => [doubleSeasonal]);

/** The lag ridges alone: on hourly steps all of them, on finer ones with the shape of the hour. Below nine days the ladder. */
export const lagRidge: Model = alone('lag-ridge', stepsPerDay =>
  stepsPerDay === 24 ? hourlyLagRidges : [hourlyShape],
);

/** The lag ridges on the values instead of their logarithms, on hourly steps from nine days on; else the ladder. */
export const rawLagRidge: Model = alone('raw-lag-ridge', stepsPerDay =>
  stepsPerDay === 24 ? hourlyLagRidges.map(onRawScale) : [],
);

/** The ridge of the residuals by horizon alone, from two days on; below them and on steps beyond an hour the ladder. */
export const residualRidgeAlone: Model = alone('residual-ridge', () => [residualRidge]);

/** Members without the others, with the same cleaning, judging and quantiles. */
function alone(name: string, members: (stepsPerDay: number) => readonly PointModel[]): Model {
  return ensembleOf(name, stepsPerDay => {
    const design = designFor(stepsPerDay);
    return design && { ...design, memberGroups: [members(stepsPerDay)], naives: 0 };
  });
}

import type { Model } from '../model.ts';
import { ensembleOf } from './ensemble.ts';
import { hourlyLagRidges } from './lags/hourly-lag-ridges.ts';
import { doubleSeasonal } from './members/double-seasonal.ts';
import { designFor } from './members/ensemble-members.ts';
import { hourlyShape } from './members/hourly-shape.ts';
import { onRawScale } from './members/on-raw-scale.ts';
import type { PointModel } from './point-model.ts';
import { residualRidge } from './residuals/residual-ridge.ts';

/** Double-seasonal Holt-Winters; not a member of the ensemble. Uses the ladder below two weeks of history. */
export const holtWinters: Model = alone('holt-winters', () => [doubleSeasonal]);

/** The lag ridges alone: all of them at hourly steps, hourly shape at finer steps. Uses the ladder below nine days. */
export const lagRidge: Model = alone('lag-ridge', stepsPerDay =>
  stepsPerDay === 24 ? hourlyLagRidges : [hourlyShape],
);

/**
 * The lag ridges on the values instead of their logarithms. Uses the ladder below nine days and at other than hourly
 * steps.
 */
export const rawLagRidge: Model = alone('raw-lag-ridge', stepsPerDay =>
  stepsPerDay === 24 ? hourlyLagRidges.map(onRawScale) : [],
);

/** The residual ridge alone. Uses the ladder below two days and at steps longer than an hour. */
export const residualRidgeAlone: Model = alone('residual-ridge', () => [residualRidge]);

/** The given members alone, with the ensemble's cleaning, weighting and quantiles. */
function alone(name: string, members: (stepsPerDay: number) => readonly PointModel[]): Model {
  return ensembleOf(name, stepsPerDay => {
    const design = designFor(stepsPerDay);
    return design && { ...design, memberGroups: [members(stepsPerDay)], naives: 0 };
  });
}

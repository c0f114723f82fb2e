import type { HorizonErrors } from '../../horizon-errors.ts';
import { memoize } from '../../memoize.ts';

/** The errors of one rule on a grid and on the history's own, finer steps; what these have more is noise inside a grid step. */
export interface StepErrors {
  readonly coarse: HorizonErrors;
  readonly fine: HorizonErrors;
}

/** `errors` of forecasts on the grid, as they are for finer steps: the variance that finer steps have more is added. */
export function withFinerNoise(errors: HorizonErrors, { coarse, fine }: StepErrors): HorizonErrors {
  return memoize(level => {
    const offset = errors(level);
    const [onGrid, onSteps] = [coarse(level), fine(level)];
    return aheadMs => noisier(offset(aheadMs), onGrid(aheadMs), onSteps(aheadMs));
  });
}

function noisier(offset: number, coarse: number, fine: number): number {
  const more = Math.max(0, fine * fine - coarse * coarse);
  return offset + Math.sign(fine) * (Math.sqrt(offset * offset + more) - Math.abs(offset));
}

import type { HorizonErrors } from '../../horizon-errors.ts';
import { memoize } from '../../memoize.ts';

/**
 * Errors of level × profile on the grid and on the history's own finer steps; the difference is noise inside a grid
 * step.
 */
export interface StepErrors {
  readonly coarse: HorizonErrors;
  readonly fine: HorizonErrors;
}

/** Adapts errors on the grid to finer steps by adding the extra variance of the finer steps. */
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

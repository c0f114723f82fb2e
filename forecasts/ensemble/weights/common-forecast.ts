import { type Consensus, consensusOf } from '../consensus.ts';
import type { EnsembleDesign } from '../members/ensemble-members.ts';
import { type AllTrials, thinTrials } from './try-members.ts';
import { weighMembers } from './weigh-members.ts';

/** One weight per member for the first hour and for the whole horizon; each set sums to 1. */
export interface Weights {
  readonly near: Float64Array;
  readonly far: Float64Array;
  /** Length of the first hour in steps. */
  readonly nearSteps: number;
}

/** Weighs the members by their errors at inner origins. */
export function weighBoth({ far, near }: AllTrials, design: EnsembleDesign): Weights {
  const farWeights = weighMembers(far.trials, { ...far, ...design.far });
  if (near === undefined || design.near === undefined)
    return { near: farWeights, far: farWeights, nearSteps: far.steps };
  const judged = thinTrials(near, design.near);
  return { near: weighMembers(judged.trials, { ...judged, ...design.near }), far: farWeights, nearSteps: near.steps };
}

/**
 * Combines forecasts: median over the member groups + `meanWeight` · (weighted mean of the members − median). The
 * weights of the first hour fade to those of the whole horizon within the two hours after it. Without weights: the
 * median alone. `forecasts` are raw values, one array per member, undefined where it could not be fitted.
 */
export function commonForecast(
  forecasts: readonly (Float64Array | undefined)[],
  design: EnsembleDesign,
  weights: Weights | undefined,
  steps: number,
): Float64Array {
  const groups = design.memberGroups.map(group => group.length);
  const consensus = consensusOf(forecasts, groups, steps);
  const { middle } = consensus;
  if (weights === undefined) return middle;
  const { near, far, nearSteps } = weights;
  const firstHour = design.near ?? design.far;
  const common = new Float64Array(steps);
  for (let i = 0; i < steps; i++) {
    const later = Math.min(1, Math.max(0, (i + 1 - nearSteps) / (2 * nearSteps)));
    const first = later < 1 ? firstHour.meanWeight * meanDistance(forecasts, near, i, consensus, firstHour.clip) : 0;
    const last = later > 0 ? design.far.meanWeight * meanDistance(forecasts, far, i, consensus, design.far.clip) : 0;
    common[i] = (middle[i] as number) + (1 - later) * first + later * last;
  }
  return common;
}

/** Weighted mean of the members' distances from the median, each clipped to `clip` spreads. */
function meanDistance(
  forecasts: readonly (Float64Array | undefined)[],
  weights: Float64Array,
  step: number,
  { middle, spread }: Consensus,
  clip: number,
): number {
  const median = middle[step] as number;
  const most = clip * (spread[step] as number);
  const limit = Number.isNaN(most) ? Number.POSITIVE_INFINITY : most;
  let sum = 0;
  let total = 0;
  for (let m = 0; m < forecasts.length; m++) {
    const forecast = forecasts[m];
    const weight = weights[m] as number;
    if (forecast === undefined || weight === 0) continue;
    sum += weight * Math.min(limit, Math.max(-limit, (forecast[step] as number) - median));
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}

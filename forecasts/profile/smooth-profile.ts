import { medianOf } from '../statistics/median.ts';

const reachMs = 600_000;
/** Smoothing changes a bin by more than so many robust deviations only at an edge. */
const edgeSpreads = 5;

/**
 * The mean of each bin and its neighbours within ten minutes, around the clock; edges stay sharp. A profile of bins too
 * long, or too few, for that is left as it is. `profile`: one value a bin, no NaN.
 */
export function smoothProfile(profile: Float64Array, binMs: number): Float64Array {
  const bins = profile.length;
  const reach = Math.round(reachMs / binMs);
  if (reach < 1 || bins < 4 * reach) return profile;
  const smoothed = new Float64Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    let sum = 0;
    for (let k = -reach; k <= reach; k++) sum += profile[(bin + k + bins) % bins] as number;
    smoothed[bin] = sum / (2 * reach + 1);
  }
  return keepEdges(profile, smoothed);
}

/** Where smoothing changes far more than it usually does there is an edge, of a job of every day say: that stays sharp. */
function keepEdges(profile: Float64Array, smoothed: Float64Array): Float64Array {
  const changes = profile.map((value, bin) => Math.abs(value - (smoothed[bin] as number)));
  const most = edgeSpreads * 1.4826 * medianOf(changes.slice(), changes.length);
  return smoothed.map((value, bin) => ((changes[bin] as number) > most ? (profile[bin] as number) : value));
}

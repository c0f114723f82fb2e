import { medianOf } from '../statistics/median.ts';

const reachMs = 600_000;
/** Number of robust standard deviations of a change above which a bin is an edge. */
const edgeSpreads = 5;

/**
 * Smooths a profile by a moving mean over ± 10 minutes, around midnight; edges stay sharp. Profiles with too long or
 * too few bins are returned unchanged. `profile`: one value per bin, no NaN.
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

/** Restores the bins that smoothing changes far more than usual: edges, as of a daily job. */
function keepEdges(profile: Float64Array, smoothed: Float64Array): Float64Array {
  const changes = profile.map((value, bin) => Math.abs(value - (smoothed[bin] as number)));
  const most = edgeSpreads * 1.4826 * medianOf(changes.slice(), changes.length);
  return smoothed.map((value, bin) => ((changes[bin] as number) > most ? (profile[bin] as number) : value));
}

import { medianAbsoluteChange } from '../statistics/median-absolute-change.ts';
import type { Samples } from './samples.ts';

const dayMs = 86_400_000;
/** Both of its changes are so many robust deviations of what a step usually changes; a step of a day hides no daily peak. */
const spikeSpreads = 12;
const daySpikeSpreads = 7;
const toDeviation = 1.4826;
/** Spikes that come more often than once in so many days are the series' own: a job of every night or week, say. */
const daysBetween = 28;

/**
 * 1 at each step that stands alone, far above or below both of its neighbours: what a broken probe sends, in a history
 * so short that no profile can tell. `scaled` is on the model's scale; NaN are left out, and so are spikes that recur.
 * The last step is never one: it may be the start of a shift.
 *
 * @see Hampel (1974), The influence curve and its role in robust estimation, JASA 69(346): the median and its deviation as a filter
 */
export function loneSpikes({ values, stepMs }: Samples): Uint8Array {
  const spikes = new Uint8Array(values.length);
  const limit = (stepMs < dayMs ? spikeSpreads : daySpikeSpreads) * toDeviation * medianAbsoluteChange(values);
  const most = Math.max(1, Math.floor((values.length * stepMs) / dayMs / daysBetween));
  if (!(limit > 0)) return spikes;
  let count = 0;
  for (let i = 1; i < values.length - 1; i++) {
    const rise = (values[i] as number) - (values[i - 1] as number);
    const fall = (values[i] as number) - (values[i + 1] as number);
    if (!(Math.min(Math.abs(rise), Math.abs(fall)) > limit && rise * fall > 0)) continue;
    spikes[i] = 1;
    count++;
  }
  return count <= most ? spikes : spikes.fill(0);
}

import { medianAbsoluteChange } from '../statistics/median-absolute-change.ts';
import type { Samples } from './samples.ts';

const dayMs = 86_400_000;
/**
 * Least size of both changes around a spike, in robust standard deviations of a step's change; lower at daily steps.
 */
const spikeSpreads = 12;
const daySpikeSpreads = 7;
const toDeviation = 1.4826;
/** Spikes that occur more often than once in this number of days are real, as of a nightly or weekly job. */
const daysBetween = 28;

/**
 * Marks lone spikes with 1: steps far above or far below both neighbours, as from a broken probe. The samples are on
 * the model's scale; NaN is left out, and so are recurring spikes. The last step is never marked: it may be the start
 * of a shift.
 *
 * @see Hampel (1974), The influence curve and its role in robust estimation, JASA 69(346): the median and its deviation
 * as a filter
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

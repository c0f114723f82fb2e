import { formatDuration } from '../../../api/duration.ts';
import { isMissing } from '../../../api/missing.ts';
import { formatTimes, type TargetCheck } from './target-check.ts';

/** Ratio of the highest minute to the mean of its step from which the difference is reported. */
const tellingRatio = 1.1;

/** Reports demand in steps so long that they hide the first minutes of a sale. */
export function stepRisk({ need: { total, hiddenPeak }, desired: { name } }: TargetCheck): readonly string[] {
  if (hiddenPeak === undefined || isMissing(total)) return [];
  const { meanRatio, peakRatio } = hiddenPeak;
  if (peakRatio < tellingRatio * meanRatio) return [];
  const step = formatDuration(total.stepSeconds);
  return [
    `${name}: steps of ${step} hide the first minutes of the sale. Its highest step is ${formatTimes(meanRatio)} times an ordinary one on average; planned for a minute of ${formatTimes(peakRatio)} times, by the usual shape of a sale. Give demand by the minute (demand.stepSeconds: 60).`,
  ];
}

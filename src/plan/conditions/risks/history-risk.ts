import type { DataNote } from '../../../../forecasts/index.ts';
import type { TargetCheck } from './target-check.ts';

/** Share (0–1) of the history from which left-out values are a risk; fewer are only noted beside the forecast. */
const tellingShare = 0.01;

/** Reports implausible values in the history, many of them or the newest, and days that follow another clock. */
export function historyRisk({ need, desired: { name } }: TargetCheck): readonly string[] {
  if (need.notes === undefined) return [];
  const told = need.notes.filter(({ kind, share }) => kind === 'Kept' || share >= tellingShare);
  const [clocks, values] = [told.filter(isClock), told.filter(note => !isClock(note))];
  return [
    ...(values.length === 0
      ? []
      : [`${name}: history: ${wordsOf(values)}. Check what demand.query gives at these times.`]),
    ...clocks.map(
      ({ message }) => `${name}: ${message}, in demand.timeZone or in demandDefaults.timeZone of the ScalingPolicy.`,
    ),
  ];
}

function isClock({ kind }: DataNote): boolean {
  return kind === 'OtherClock';
}

function wordsOf(notes: readonly DataNote[]): string {
  return notes.map(({ message }) => message).join('; ');
}

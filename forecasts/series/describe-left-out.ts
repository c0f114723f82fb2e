import type { DataNote } from '../demand.ts';
import type { FitContext } from '../model.ts';
import { measuredOf } from './samples.ts';
import type { Series } from './series.ts';
import { mostDemand, searchHistory } from './sound-samples.ts';
import { newestJump } from './wild-spikes.ts';

/**
 * Describes the implausible values of a history up to `now`: how many the models leave out and why, and a jump in the
 * newest values, which they keep. A null is a gap and not counted. Empty when nothing is wrong.
 */
export function describeLeftOut(history: Series, context: FitContext): readonly DataNote[] {
  const { positive: samples, spikes } = searchHistory(history, context);
  const values = history.values.slice(0, measuredOf(history, context.now).values.length);
  const jump = newestJump({ samples, events: context.events });
  const counts = [
    noteOf(countOf(values, isNegative), 'negative value', 'negative values'),
    noteOf(countOf(values, isNotFinite), 'value that is not finite', 'values that are not finite'),
    noteOf(countOf(values, isTooLarge), 'value above 10¹² requests/s', 'values above 10¹² requests/s'),
    noteOf(
      spikes.reduce((count, mark) => count + mark, 0),
      'value far from its neighbours',
      'values far from their neighbours',
    ),
  ];
  const shareOf = (count: number) => count / Math.max(1, values.length);
  return [
    ...counts
      .filter(({ count }) => count > 0)
      .map(({ count, message }): DataNote => ({ kind: 'LeftOut', message, share: shareOf(count) })),
    ...(jump === undefined
      ? []
      : [{ kind: 'Kept' as const, message: `the newest value is ${jump} times the ones before`, share: shareOf(1) }]),
  ];
}

function isNegative(value: number | null): boolean {
  return value !== null && Number.isFinite(value) && value < 0;
}

function isTooLarge(value: number | null): boolean {
  return value !== null && Number.isFinite(value) && value > mostDemand;
}

function isNotFinite(value: number | null): boolean {
  return value !== null && value !== undefined && !Number.isFinite(value);
}

function countOf(values: Series['values'], isCounted: (value: number | null) => boolean): number {
  let count = 0;
  for (const value of values) if (isCounted(value)) count += 1;
  return count;
}

/** "1 negative value left out", "2 negative values left out". */
function noteOf(count: number, one: string, several: string): { readonly count: number; readonly message: string } {
  return { count, message: `${count} ${count === 1 ? one : several} left out` };
}

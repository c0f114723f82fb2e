import type { DataNote } from '../demand.ts';
import type { Event } from '../event.ts';
import type { FitContext } from '../model.ts';
import { measuredOf, type Samples } from './samples.ts';
import type { Series } from './series.ts';
import { mostDemand, searchHistory, searchRecent } from './sound-samples.ts';
import { newestJump } from './wild-spikes.ts';

/**
 * Describes the implausible values of a history up to `now`: how many the models leave out and why, and a jump in the
 * newest values, which they keep. A null is a gap and not counted. Empty when nothing is wrong.
 */
export function describeLeftOut(history: Series, context: FitContext): readonly DataNote[] {
  const { positive: samples, spikes } = searchHistory(history, context);
  const values = history.values.slice(0, measuredOf(history, context.now).values.length);
  const jump = newestJump({ samples, events: context.events });
  const counts = countsOf(values, spikes, '');
  return notesOf(counts, jump, values.length);
}

/**
 * Describes in the same way the newer actual values after `since` (epoch ms), which a fit has not seen, by the samples
 * known `before` them.
 */
export function describeRecent(
  recent: Series,
  { before, events, since }: { readonly before: Samples; readonly events: readonly Event[]; readonly since: number },
): readonly DataNote[] {
  const { positive, samples, spikes } = searchRecent(recent, events, before);
  const firstAfter = (start: number, stepMs: number) => Math.max(0, Math.round((since - start) / stepMs));
  const values = recent.values.slice(firstAfter(recent.start, positive.stepMs));
  const newer = spikes.subarray(firstAfter(positive.start, positive.stepMs));
  const jump = newer.length === 0 ? undefined : newestJump({ samples, events });
  return notesOf(countsOf(values, newer, ' among the newest'), jump, before.values.length + values.length);
}

type Count = ReturnType<typeof noteOf>;

function countsOf(values: Series['values'], spikes: Uint8Array, where: string): readonly Count[] {
  const wild = spikes.reduce((count, mark) => count + mark, 0);
  return [
    noteOf(countIn(values, isNegative), 'negative value', 'negative values', where),
    noteOf(countIn(values, isNotFinite), 'value that is not finite', 'values that are not finite', where),
    noteOf(countIn(values, isTooLarge), 'value above 10¹² requests/s', 'values above 10¹² requests/s', where),
    noteOf(wild, 'value far from its neighbours', 'values far from their neighbours', where),
  ];
}

/** `known` is the number of values that the shares are of. */
function notesOf(counts: readonly Count[], jump: number | undefined, known: number): readonly DataNote[] {
  const shareOf = (count: number) => count / Math.max(1, known);
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

function countIn(values: Series['values'], isCounted: (value: number | null) => boolean): number {
  let count = 0;
  for (const value of values) if (isCounted(value)) count += 1;
  return count;
}

/** "1 negative value left out", "2 negative values left out among the newest". */
function noteOf(count: number, one: string, several: string, where: string) {
  return { count, message: `${count} ${count === 1 ? one : several} left out${where}` };
}

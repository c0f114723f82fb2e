import { type LocalClock, localClock } from '../clock/local-clock.ts';
import type { Event } from '../event.ts';
import type { FitContext } from '../model.ts';
import { withoutOutages } from '../outages/without-outages.ts';
import { measuredOf, type Samples, trim } from './samples.ts';
import type { Series } from './series.ts';
import { wildSpikes } from './wild-spikes.ts';

/** Requests per second above which a value is an overflow: more than all services worldwide together. */
export const mostDemand = 1e12;

/**
 * The demand of a history to fit a model on: the complete steps at `now`, with gaps for outages and for implausible
 * values (negative, not finite, above 10¹², {@link wildSpikes}); leading and trailing gaps are cut off.
 * @throws RangeError when the history is invalid, see `checkSeries`
 */
export function soundSamples(history: Series, context: FitContext): Samples {
  return searchHistory(history, context).sound;
}

/** What was found in a history: its samples with spikes, which of these are spikes, and the samples without them. */
export interface SearchedHistory {
  readonly positive: Samples;
  /** 1 where a value is implausible. */
  readonly spikes: Uint8Array;
  readonly sound: Samples;
}

/** The last search of each history, by the history: a fit asks for it several times. */
const searches = new WeakMap<Series, SearchedHistory & FitContext>();

/** Searches a history, once for the same instant and events. @throws RangeError when the history is invalid */
export function searchHistory(history: Series, context: FitContext): SearchedHistory {
  const { now, events, clock } = context;
  const known = searches.get(history);
  if (known !== undefined && known.now === now && known.events === events && known.clock === clock) return known;
  const positive = positiveSamples(history, now, { clock: clock && localClock(clock) });
  const spikes = wildSpikes({ samples: positive, events });
  const found = { ...context, positive, spikes, sound: withoutMarked(positive, spikes) };
  searches.set(history, found);
  return found;
}

/** Steps before newer actual values that these are judged by; two hours of an hourly series say nothing of its noise. */
const stepsBefore = 200;

/**
 * The demand of newer actual values, in the same way, judged by the newest samples known `before` them.
 * @throws RangeError when `recent` is invalid
 */
export function soundRecent(recent: Series, events: readonly Event[], before: Samples): Samples {
  const { positive, spikes } = searchRecent(recent, events, before);
  return withoutMarked(positive, spikes);
}

/** What was found in newer actual values: their samples with spikes, which of these are spikes, and what is before them. */
export function searchRecent(recent: Series, events: readonly Event[], before: Samples) {
  const positive = positiveSamples(recent, Number.MAX_SAFE_INTEGER, { name: 'recent' });
  const samples = precededBy(positive, before);
  const all = wildSpikes({ samples, events });
  return { positive, samples, spikes: all.subarray(all.length - positive.values.length) };
}

/** Samples with those of `before` in front that end at most `stepsBefore` steps earlier. */
function precededBy(samples: Samples, before: Samples): Samples {
  const { start, stepMs, values } = samples;
  const first = Math.round((start - before.start) / stepMs) - stepsBefore;
  const earlier = before.values.subarray(Math.max(0, first), Math.max(0, first + stepsBefore));
  if (before.stepMs !== stepMs || values.length === 0 || earlier.length === 0) return samples;
  const gap = Math.max(0, first + stepsBefore - before.values.length);
  const joined = new Float64Array(earlier.length + gap + values.length).fill(Number.NaN);
  joined.set(earlier);
  joined.set(values, earlier.length + gap);
  return { ...samples, start: start - (earlier.length + gap) * stepMs, values: joined };
}

/** The same with spikes kept: a value below 0 or above {@link mostDemand} counts as missing. */
export function positiveSamples(
  series: Series,
  now: number,
  { name = 'history', clock }: { readonly name?: string; readonly clock?: LocalClock | undefined } = {},
): Samples {
  const measured = measuredOf(series, now, name);
  const values = measured.values.map(value => (value < 0 || value > mostDemand ? Number.NaN : value));
  return trim(withoutOutages({ ...measured, ...(clock === undefined ? {} : { clock }), values }));
}

function withoutMarked(samples: Samples, spikes: Uint8Array): Samples {
  if (!spikes.includes(1)) return samples;
  return trim({ ...samples, values: samples.values.map((value, i) => (spikes[i] === 1 ? Number.NaN : value)) });
}

import type { Event } from '../event.ts';
import { medianAbsoluteChange } from '../statistics/median-absolute-change.ts';
import { typicalMagnitude } from '../statistics/typical-magnitude.ts';
import type { Samples } from './samples.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Longest run in steps; longer ones count as real. */
const longestRun = 5;
/** A run up to this length is judged by `shortTimes`, a longer one by `longTimes`. */
const shortMs = 15 * minuteMs;
/** Multiple of the demand beside it from which a run is implausible: short runs, long runs, or runs in an event. */
const shortTimes = 6;
const longTimes = 20;
const eventTimes = 12;
/** The same in an event that lasts fewer than `shortEventSteps`, which may be one real step. */
const shortEventTimes = 40;
const shortEventSteps = 3;
/** Multiples of the usual change from step to step that a run must exceed as well. */
const spreads = 5 * 1.4826;
/** Multiple that no noise explains: demand that goes to nothing and back would else explain any. */
const mostNoise = 300;
/**
 * Smallest demand beside a run, as a share of the typical demand: after a night without demand anything is a multiple.
 */
const leastBeside = 0.2;
/** Smallest demand of a dip, as a share of the typical demand: where demand is low, a dip means nothing. */
const leastDip = 0.02;
/** Number of measured steps on either side that count as beside a run. */
const besideSteps = 2;
/** Largest difference in time of day at which spikes recur: recurring ones are real, such as those of a nightly job. */
const sameTimeMs = 5 * minuteMs;
/** Share (0–1) of the steps above which spikes are normal for the series. */
const mostShare = 0.001;
const mostSpikes = 10;
/** Number of newest steps that are kept however high, because they may be the start of a rush. */
const newestSteps = 2;
/** From this length on a step alone moves the level: the end of a short one shows a real outage as well as a broken probe. */
const longStepMs = 10 * minuteMs;

/** The samples to search, raw and not negative, NaN where missing, and the known events. */
export interface SpikeSearch {
  readonly samples: Samples;
  readonly events: readonly Event[];
}

/**
 * Marks with 1 the implausible values: runs of at most five steps that are many times above the demand on both sides,
 * as after a mistaken unit, or as far below, as after a broken probe. A spike that recurs at its time of day is real,
 * and a rise in the newest two steps may be; a fall in them is marked at steps of ten minutes and more, and real once it
 * lasts for a third. Demand in an announced sale may jump further than on an ordinary day.
 *
 *   run                                          at least this many times the demand beside it
 *   one step, or up to a quarter of an hour      6
 *   longer, up to five steps                     20
 *   upwards in an event                          12
 *   upwards in an event of fewer than 3 steps    40
 */
export function wildSpikes({ samples, events }: SpikeSearch): Uint8Array {
  const { values } = samples;
  const marked = new Uint8Array(values.length);
  const typical = typicalMagnitude(values);
  if (!(typical > 0)) return marked;
  const noise = noiseOf(values, typical);
  const inverse = values.map(value => typical / Math.max(value, leastDip * typical));
  const runs = [
    ...wildRuns(values, leastBeside * typical, { noise, timesAt: timesAmong(samples, events) }),
    ...wildRuns(inverse, 0, { noise, timesAt: timesAmong(samples, []) }),
    ...(samples.stepMs < longStepMs ? [] : newestFalls(inverse, noise)),
  ];
  const kept = samples.stepMs < dayMs ? runs.filter(run => !recurs(run, runs, samples)) : runs;
  const days = (values.length * samples.stepMs) / dayMs;
  const most = samples.stepMs < dayMs ? Math.max(mostSpikes, mostShare * values.length) : 1 + Math.floor(days / 28);
  if (kept.length > most) return marked;
  for (const { first, end } of kept) marked.fill(1, first, end);
  return marked;
}

/**
 * The newest value as a multiple of the highest of the two values measured before the newest two steps, rounded, when
 * it is implausible on an ordinary day (at least 20); undefined otherwise, and in an event.
 */
export function newestJump({ samples, events }: SpikeSearch): number | undefined {
  const { values, start, stepMs } = samples;
  const newest = values.at(-1) ?? 0;
  const end = start + values.length * stepMs;
  if (events.some(event => end > event.start && end - newestSteps * stepMs < event.end)) return undefined;
  const typical = typicalMagnitude(values);
  const beside = Math.max(leastBeside * typical, besideLeft(values, values.length - newestSteps));
  const times = newest / beside;
  return times > Math.max(longTimes, noiseOf(values, typical)) ? Math.round(times) : undefined;
}

/** A run of steps, from index `first` (inclusive) to `end` (exclusive). */
interface Run {
  readonly first: number;
  readonly end: number;
}

/** The multiples that a run must exceed: by the noise of the series, and by where the run lies. */
interface Judge {
  readonly noise: number;
  readonly timesAt: (run: Run) => number;
}

/** Finds the runs many times above the demand beside them, which counts as at least `floor`. */
function wildRuns(values: Float64Array, floor: number, { noise, timesAt }: Judge): readonly Run[] {
  const runs: Run[] = [];
  for (let first = 0; first < values.length - newestSteps; first++) {
    const value = values[first] as number;
    if (!(value > shortTimes * Math.max(floor, besideLeft(values, first)))) continue;
    let lowest = value;
    for (let end = first + 1; end <= Math.min(first + longestRun, values.length - newestSteps); end++) {
      const last = values[end - 1] as number;
      if (last < lowest) lowest = last;
      const beside = Math.max(floor, besideLeft(values, first), besideRight(values, end));
      const times = Math.max(noise, timesAt({ first, end }));
      if (!(lowest > times * beside)) continue;
      runs.push({ first, end });
      first = end - 1;
      break;
    }
  }
  return runs;
}

/** Finds the falls among the newest two steps, by the demand before them; none when a third step there is as low. */
function newestFalls(inverse: Float64Array, noise: number): readonly Run[] {
  const falls: Run[] = [];
  for (let i = Math.max(1, inverse.length - newestSteps); i < inverse.length; i++) {
    const least = Math.max(noise, shortTimes) * besideLeft(inverse, falls.at(-1)?.first ?? i);
    if (least > 0 && (inverse[i] as number) > least) falls.push({ first: i, end: i + 1 });
  }
  return falls;
}

/** Multiple that the noise of a series from step to step alone explains, at most `mostNoise`. */
function noiseOf(values: Float64Array, typical: number): number {
  const logs = values.map(value => Math.log(value + 0.01 * typical));
  return Math.min(mostNoise, Math.exp(spreads * medianAbsoluteChange(logs)));
}

/** The multiple that a run must exceed, depending on the events it lies in. */
function timesAmong({ start, stepMs }: Samples, events: readonly Event[]): (run: Run) => number {
  return ({ first, end }) => {
    const [from, to] = [start + first * stepMs, start + end * stepMs];
    const met = events.filter(event => from < event.end && to > event.start);
    const ordinary = to - from <= shortMs || end - first === 1 ? shortTimes : longTimes;
    return met.reduce((times, event) => {
      const isShort = event.end - event.start < shortEventSteps * stepMs;
      return Math.max(times, isShort ? shortEventTimes : eventTimes);
    }, ordinary);
  };
}

/** The highest of the nearest measured values before index `first`; 0 without any. */
function besideLeft(values: Float64Array, first: number): number {
  let highest = 0;
  for (let i = first - 1, seen = 0; i >= 0 && seen < besideSteps; i--) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    highest = Math.max(highest, value);
    seen++;
  }
  return highest;
}

/** The highest of the nearest measured values after a run; Infinity with fewer than two. */
function besideRight(values: Float64Array, end: number): number {
  let highest = 0;
  let seen = 0;
  for (let i = end; i < values.length && seen < besideSteps; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    highest = Math.max(highest, value);
    seen++;
  }
  return seen < besideSteps ? Number.POSITIVE_INFINITY : highest;
}

/** Whether another run lies at the same time of another day. */
function recurs(run: Run, runs: readonly Run[], { stepMs }: Samples): boolean {
  return runs.some(other => {
    const apart = Math.abs(other.first - run.first) * stepMs;
    const off = apart % dayMs;
    return apart > dayMs / 2 && Math.min(off, dayMs - off) <= sameTimeMs;
  });
}

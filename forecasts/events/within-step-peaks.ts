import type { DemandForecast, EventForecast } from '../demand.ts';
import type { Event } from '../event.ts';
import type { Forecast } from '../forecast.ts';
import { studentQuantile } from '../statistics/student-quantile.ts';
import { middleOfStep } from './event-clock.ts';
import { priorShape } from './prior-shape.ts';

/** A forecast of the highest minute of each step, and how far the steps' means hide the peak of each event. */
export interface WithinStepPeaks {
  readonly demand: DemandForecast;
  /** One entry per event whose peak the means hide, by id. */
  readonly hidden: ReadonlyMap<string, HiddenPeak>;
}

/** An event's highest step and its highest minute, both as multiples of demand without the event. */
export interface HiddenPeak {
  /** Mean of the highest step, P50. */
  readonly meanRatio: number;
  /** Highest minute, P50. */
  readonly peakRatio: number;
}

const minuteMs = 60_000;
/**
 * Share (0–1) of a step that an event must cover, or as much as of any other step, for the step to show its amplitude.
 */
const tellingShare = 0.5;
/** Share (0–1) of every step below which an event is too short for a mean to show it. */
const blindShare = 0.25;
/** Peak of an event without any information, as a multiple of demand without it. */
const typicalTimes = 2.5;
/** Largest multiple; twice the stated one where that is more. */
const mostTimes = 20;
/** Spread of an event's log amplitude that no mean shows, and the degrees of freedom of its Student's t. */
const blindSpread = 0.43;
const blindDegrees = 4;

/**
 * Turns means over steps longer than a minute into the highest minute of each step: most visitors of a sale come in its
 * first minutes, which a mean over an hour hides. Within a step an event is taken to have the prior shape:
 *
 *   event                              highest minute
 *   with past ones                     the amplitude whose mean over the step is the forecast mean
 *   without past ones                  the forecast (the prior shape in the middle of the step) at its highest, at most
 *                                      the stated peak, with the forecast's spread around it
 *   shorter than a quarter of a step   the stated peak, or the typical one
 *
 * Demand without events stays as it is, and so do steps of a minute or less. A peak is never below its mean.
 */
export function withinStepPeaks(demand: DemandForecast, events: readonly Event[]): WithinStepPeaks {
  const hidden = new Map<string, HiddenPeak>();
  if (demand.base.stepSeconds * 1000 <= minuteMs) return { demand, hidden };
  const extras = demand.extras.map((extra): EventForecast => {
    const event = events.find(({ id }) => id === extra.event);
    if (event === undefined) return extra;
    const peaks = peaksOf(demand.base, extra, event);
    const found = hiddenPeak(demand.base, extra.extra, peaks);
    if (found !== undefined) hidden.set(extra.event, found);
    return { ...extra, extra: peaks };
  });
  return { demand: { ...demand, extras }, hidden };
}

/** The extra of the highest minute in each step, at every level. */
function peaksOf(base: Forecast, { extra, pastEvents }: EventForecast, event: Event): Forecast {
  const steps = stepsOf(base, event);
  const isBlind = steps.every(({ share }) => share < blindShare);
  const sharpen = (without: readonly number[], added: readonly number[], level: number) => {
    const timesAt = (i: number) => 1 + (added[i] as number) / (without[i] as number);
    const known = steps.filter(({ i }) => (without[i] as number) > 0);
    const factors = isBlind
      ? known.map(step => statedFactor(step, event, level) / timesAt(step.i))
      : pastEvents === 0
        ? priorFactors(known, event, i => 1 + (extra.point[i] as number) / (base.point[i] as number))
        : meanFactors(known, event, timesAt);
    const peaks = [...added];
    known.forEach(({ i }, k) => {
      const peak = Math.max(1, factors[k] as number) * ((without[i] as number) + (added[i] as number));
      peaks[i] = peak - (without[i] as number);
    });
    return peaks;
  };
  return {
    ...extra,
    point: sharpen(base.point, extra.point, 0.5),
    quantiles: extra.quantiles.map(({ level, values }, q) => ({
      level,
      values: sharpen(base.quantiles[q]?.values ?? base.point, values, level),
    })),
  };
}

/** A step that an event covers partly or wholly. */
interface CoveredStep {
  readonly i: number;
  /** Share (0–1) of the step that the event covers. */
  readonly share: number;
  /** The prior shape in the middle of each minute, a share (0–1) of the log amplitude. */
  readonly shape: readonly number[];
  /** The prior shape where the library reads it. */
  readonly middle: number;
}

function stepsOf(base: Forecast, event: Event): readonly CoveredStep[] {
  const stepMs = base.stepSeconds * 1000;
  return base.point.flatMap((_, i): CoveredStep[] => {
    const time = base.start + i * stepMs;
    const share = (Math.min(event.end, time + stepMs) - Math.max(event.start, time)) / stepMs;
    if (!(share > 0)) return [];
    const middle = priorShape(event, event.start + middleOfStep(event, time, stepMs));
    return [{ i, share, shape: shapeWithin(event, time, stepMs), middle }];
  });
}

function shapeWithin(event: Event, time: number, stepMs: number): readonly number[] {
  const minutes = Math.max(1, Math.round(stepMs / minuteMs));
  return Array.from({ length: minutes }, (_, m) => priorShape(event, time + ((m + 0.5) * stepMs) / minutes));
}

/** Peak of an event that no mean shows, as a multiple of demand without it. */
function statedFactor({ shape }: CoveredStep, { statedPeakRatio }: Event, level: number): number {
  const amplitude = Math.log(statedPeakRatio ?? typicalTimes) + blindSpread * studentQuantile(level, blindDegrees);
  return Math.exp(Math.max(0, amplitude) * Math.max(...shape));
}

/** Peak ÷ forecast value of each step; `timesAt` gives the forecast value as a multiple of demand without the event. */
function priorFactors(
  steps: readonly CoveredStep[],
  { statedPeakRatio }: Event,
  timesAt: (i: number) => number,
): readonly number[] {
  const most = statedPeakRatio ?? Number.POSITIVE_INFINITY;
  return steps.map(step => {
    const times = timesAt(step.i);
    return Math.max(1, Math.min(priorFactor(step, times), most / times));
  });
}

/** Peak ÷ forecast value, where the forecast is `times` demand without the event, read in the middle of the step. */
function priorFactor({ shape, middle }: CoveredStep, times: number): number {
  return middle > 0 && times > 1 ? times ** ((Math.max(...shape) - middle) / middle) : 1;
}

/** Peak ÷ mean of each step, with at most the largest amplitude among the steps that show it. */
function meanFactors(
  steps: readonly CoveredStep[],
  { statedPeakRatio }: Event,
  timesAt: (i: number) => number,
): readonly number[] {
  const longest = Math.max(0, ...steps.map(({ share }) => share));
  const amplitudes = steps.map(({ i, shape }) => amplitudeOf(shape, timesAt(i)));
  const told = amplitudes.filter((_, k) => {
    const { share } = steps[k] as CoveredStep;
    return share >= tellingShare || share === longest;
  });
  const most = Math.min(Math.log(Math.max(mostTimes, 2 * (statedPeakRatio ?? 0))), Math.max(0, ...told));
  return steps.map(({ i, shape }, k) => {
    const amplitude = Math.min(most, amplitudes[k] as number);
    return Math.exp(amplitude * Math.max(...shape)) / timesAt(i);
  });
}

/** The log amplitude whose mean over a step is `times` demand without the event, by bisection. */
function amplitudeOf(shape: readonly number[], times: number): number {
  const meanAt = (amplitude: number) =>
    shape.reduce((sum, share) => sum + Math.exp(amplitude * share), 0) / shape.length;
  let low = 0;
  let high = 30;
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2;
    if (meanAt(middle) < times) low = middle;
    else high = middle;
  }
  return low;
}

function hiddenPeak(base: Forecast, means: Forecast, peaks: Forecast): HiddenPeak | undefined {
  const highest = (extra: Forecast) =>
    Math.max(...extra.point.map((added, i) => ((base.point[i] as number) > 0 ? added / (base.point[i] as number) : 0)));
  const [meanRatio, peakRatio] = [1 + highest(means), 1 + highest(peaks)];
  return peakRatio > meanRatio ? { meanRatio, peakRatio } : undefined;
}

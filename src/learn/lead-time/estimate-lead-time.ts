import { type LabelledStart, labelNodes } from './label-nodes.ts';
import { nodeProbability } from './node-probability.ts';
import type { ScaleUp } from './scale-up.ts';
import { forecastStart, lateProbability, type StartTime } from './start-times.ts';

/** Lead time of one raise, with what it rests on. */
export interface LeadTimeEstimate {
  /** Whole seconds within which 95 of 100 such raises are ready, without the wave and the warm-up. */
  readonly seconds: number;
  /** `Measured` where scale-ups decide; `Stated` while the stated time is the longer one and few speak against it. */
  readonly source: 'Stated' | 'Measured';
  /** Scale-ups that were measured. */
  readonly count: number;
  /** Probability that the raise needs nodes, 0 to 1. */
  readonly nodeProbability: number;
}

/** Share of raises that are ready within the estimate. */
const level = 0.95;
/** Scale-ups from which the estimate may be shorter than what is stated. */
export const enoughScaleUps = 6;
/** Factor by which a raise may exceed the largest one seen and still be shorter than what is stated. */
const farthestFactor = 2;
/** kube-controller-manager creates so many pods per second; the wave before a sale counts them. */
const createdPerSecond = 20;
/** Scale-ups that the stated lead time counts as. */
const priorWeight = 0.05;
const longestSeconds = 86_400;

/**
 * Estimates the lead time for a raise of `added` replicas from the scale-ups that were seen, as a mixture of raises that
 * find room and raises that need nodes. What it can be shorter than the stated time by is limited:
 *
 *   scale-ups measured    raise                            one never became ready   →  at least
 *   fewer than 6          any                              any                         stated
 *   6 or more             above 2 × the largest one seen   any                         stated
 *   6 or more             up to that                       yes                         stated
 *   6 or more             up to that                       no                          what was measured
 */
export function estimateLeadTime(scaleUps: readonly ScaleUp[], added: number, statedSeconds: number): LeadTimeEstimate {
  const starts = startsOf(scaleUps);
  const needed = nodeProbability(starts, added);
  const count = starts.length;
  if (count === 0) return { seconds: statedSeconds, source: 'Stated', count, nodeProbability: needed };
  const [roomy, waiting] = [false, true].map(needs => starts.filter(({ neededNodes }) => neededNodes === needs));
  const withRoom = lateWith(roomy ?? [], added, statedSeconds);
  const withNodes = lateWith(waiting ?? [], added, statedSeconds);
  const late = (seconds: number) => (1 - needed) * withRoom(seconds) + needed * withNodes(seconds);
  const learned = Math.ceil(smallest(late) - 1e-6);
  const isStated = statedSeconds >= learned && !mayShorten(scaleUps, starts, added);
  return {
    seconds: isStated ? statedSeconds : learned,
    source: isStated ? 'Stated' : 'Measured',
    count,
    nodeProbability: needed,
  };
}

/**
 * Estimates the seconds until `added` replicas are ready that find no room on the nodes there are: P95 of the scale-ups
 * that needed nodes, limited as above.
 */
export function nodeLeadTime(
  scaleUps: readonly ScaleUp[],
  added: number,
  statedSeconds: number,
): Pick<LeadTimeEstimate, 'seconds' | 'source'> {
  const waiting = startsOf(scaleUps).filter(({ neededNodes }) => neededNodes);
  if (waiting.length === 0) return { seconds: statedSeconds, source: 'Stated' };
  const learned = Math.ceil(smallest(lateWith(waiting, added, statedSeconds)) - 1e-6);
  const isStated = statedSeconds >= learned && !mayShorten(scaleUps, waiting, added);
  return isStated ? { seconds: statedSeconds, source: 'Stated' } : { seconds: learned, source: 'Measured' };
}

/** Whether an estimate may be shorter than what is stated, by the finished scale-ups that it rests on. */
function mayShorten(scaleUps: readonly ScaleUp[], starts: readonly StartTime[], added: number): boolean {
  const largest = starts.reduce((most, one) => Math.max(most, one.added), 0);
  const areFinished = scaleUps.every(({ seconds }) => seconds !== undefined);
  return starts.length >= enoughScaleUps && added <= farthestFactor * largest && areFinished;
}

/** The finished scale-ups, each without the time in which its pods are created. */
function startsOf(scaleUps: readonly ScaleUp[]): readonly LabelledStart[] {
  return labelNodes(scaleUps).map(start => ({
    ...start,
    seconds: Math.max(1, start.seconds - start.added / createdPerSecond),
  }));
}

/** Returns the probability to take longer than so many seconds; of starts of a kind never seen, what is stated is known. */
function lateWith(starts: readonly StartTime[], added: number, statedSeconds: number): (seconds: number) => number {
  if (starts.length === 0) return seconds => (seconds < statedSeconds ? 1 : 0);
  const forecast = forecastStart(starts, added, { typicalSeconds: statedSeconds, weight: priorWeight });
  return seconds => lateProbability(forecast, seconds);
}

/** The shortest time, in seconds, that is exceeded no more often than the level allows. */
function smallest(late: (seconds: number) => number): number {
  let low = 0;
  let high = Math.log(longestSeconds);
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (late(Math.exp(middle)) > 1 - level) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}

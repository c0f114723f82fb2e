import { formatInstant } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import type { DemandObservation, Observation } from '../../observe/observation.ts';
import { isReached, type Occurrence } from '../accept/occurrence.ts';

const forecasting = 'it teaches the next forecast';
/**
 * Share (0–1) of a sale that the history must cover for the forecast to learn from it; the same as in forecasts/events.
 */
const leastMeasured = 0.5;

/**
 * Describes what the forecast learns from a sale that is over, or why it learns nothing, as the rest of a sentence.
 * Names no time at which the history begins, because that moves and the text is kept in a status.
 */
export function describeLesson(occurrence: Occurrence, observation: Observation): string {
  const { start, end, calledOff } = occurrence;
  if (start >= end) return calledOff === undefined ? 'it teaches nothing' : 'nothing is raised and it teaches nothing';
  const demands = observation.targets
    .filter(({ target }) => isReached(occurrence, target.metadata.name))
    .map(({ demand }) => demand);
  const known = demands.flatMap(demand => (isMissing(demand) ? [] : [demand]));
  if (known.length === 0 && demands.length > 0)
    return 'it teaches nothing while there is no history of what it reaches';
  const spans = known.flatMap(demand => historyOf(demand, observation.now) ?? []);
  if (spans.length < known.length || spans.some(span => isMeasured(span, occurrence))) return forecasting;
  const began = Math.min(...spans.map(({ from }) => from));
  if (end <= began) return 'it lies before the history begins and teaches nothing';
  if (start < began) return 'it began before the history does and teaches nothing';
  return 'the history has less than half of it, so it teaches nothing';
}

/** Describes how a sale ended, as the beginning of a sentence. */
export function describeEnd({ calledOff, start, end, spec, record }: Occurrence, now: number): string {
  if (calledOff !== 'Cancelled') return `The sale ended at ${formatInstant(end)}`;
  if (start < end) return `The sale was cancelled, last seen at ${formatInstant(end)}`;
  const isBefore = now <= start || record !== undefined;
  if (isBefore) return 'The sale was cancelled before it began';
  return `The sale of ${spec.startTime} was cancelled and no SalePlan tells how far it got`;
}

interface Span {
  /** Epoch ms, inclusive. */
  readonly from: number;
  /** Epoch ms, exclusive. */
  readonly until: number;
}

/** The time that the history covers; undefined where its length is not known. */
function historyOf({ ageSeconds, historySeconds }: DemandObservation, now: number): Span | undefined {
  if (historySeconds === undefined) return undefined;
  const until = now - ageSeconds * 1000;
  return { from: until - historySeconds * 1000, until };
}

function isMeasured({ from, until }: Span, { start, end }: Occurrence): boolean {
  return start >= from && Math.min(end, until) - start >= leastMeasured * (end - start);
}

import { type Event, fitDemand, type Series, totalDemand } from '../../../../forecasts/index.ts';
import { normalFrom, seededRandom } from '../../demand/made-up-demand.ts';
import type { BenchmarkTable, Figure } from '../benchmark.ts';
import {
  actualsFrom,
  beforeMinutes,
  capacityOf,
  type JudgedSlot,
  minuteMs,
  peakErrorAt,
  pooledWape,
  windowMinutes,
} from './judged-slot.ts';

const leadMs = 60 * minuteMs;
const statementBias = 1.5;
const statementSpread = 0.4;
const seeds = [1, 2, 3, 4, 5];
const goals = [
  { past: 0, must: 0.42, stretch: 0.38 },
  { past: 1, must: 0.36, stretch: 0.33 },
  { past: 3, must: 0.31, stretch: 0.29 },
  { past: 10, must: 0.25, stretch: 0.235 },
  { past: 20, must: 0.22, stretch: 0.205 },
];

/**
 * Forecasts the last twenty events an hour before each, with a stated peak that is 50 % too high and has an error of
 * e^±0.4, and with K past events drawn at random; of the others only the calendar is known, not the demand.
 */
export function judgeColdStart(history: Series, events: readonly Event[]): BenchmarkTable {
  const later = events.slice(-20);
  const uplifts = new Map(events.map(event => [event.id, meanUplift(history, events, event)]));
  const figures = goals.flatMap(({ past, must, stretch }): Figure[] => {
    const slots = seeds.flatMap(seed => later.map(event => judgeOne(history, events, event, { past, seed, uplifts })));
    const p95 = capacityOf(slots, 0.95);
    return [
      { measure: `WAPE with ${past} past events`, value: pooledWape(slots), must, stretch },
      { measure: '  peak error, median', value: peakErrorAt(slots, 0.5) },
      { measure: '  P95 coverage', value: p95.coverage, must: [0.93, 1] },
      { measure: '  excess of P95 as capacity', value: p95.excess },
    ];
  });
  return { title: `cold start, 1 h before, ${later.length} events × ${seeds.length} draws`, figures };
}

function judgeOne(
  history: Series,
  events: readonly Event[],
  event: Event,
  input: { readonly past: number; readonly seed: number; readonly uplifts: ReadonlyMap<string, number> },
): JudgedSlot {
  const origin = event.start - leadMs;
  const random = seededRandom(input.seed * 1000 + events.indexOf(event));
  const normal = normalFrom(random);
  const before = events.filter(other => other.start + 180 * minuteMs <= origin);
  const chosen = before
    .map(e => ({ e, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, input.past)
    .map(({ e }) => e);
  const state = (e: Event): Event => {
    const truth = input.uplifts.get(e.id) ?? 1;
    return { ...e, statedPeakRatio: Math.max(1, truth * statementBias * Math.exp(statementSpread * normal())) };
  };
  const known = events.map(state);
  const asked = known[events.indexOf(event)] as Event;
  const unseen = events.filter(e => e.start < event.start && !chosen.includes(e));
  const fitted = fitDemand(hide(history, unseen), { now: origin, events: known });
  const from = event.start - beforeMinutes * minuteMs;
  const ahead = { from, steps: windowMinutes, levels: [0.5, 0.95], events: [asked] };
  return {
    event,
    past: input.past,
    forecast: totalDemand(fitted.predict(ahead)),
    actual: actualsFrom(history, from, windowMinutes),
  };
}

/** Mean demand of the event ÷ mean demand of the same time without it. */
function meanUplift(history: Series, events: readonly Event[], event: Event): number {
  const minutes = Math.round((event.end - event.start) / minuteMs);
  const fitted = fitDemand(history, { now: event.start - leadMs, events });
  const { base } = fitted.predict({ from: event.start, steps: minutes, levels: [], events: [] });
  const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return sum(actualsFrom(history, event.start, minutes)) / sum(base.point);
}

/** The history with the windows of some events as gaps. */
function hide(history: Series, events: readonly Event[]): Series {
  const values = history.values.slice();
  for (const { start } of events) {
    const first = Math.max(0, Math.round((start - beforeMinutes * minuteMs - history.start) / minuteMs));
    values.fill(null, first, first + windowMinutes);
  }
  return { ...history, values };
}

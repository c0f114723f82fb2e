import { type Event, fitDemand, type Series, totalDemand } from '../../../../forecasts/index.ts';
import type { BenchmarkTable, Figure } from '../benchmark.ts';
import {
  actualsFrom,
  beforeMinutes,
  capacityOf,
  type JudgedSlot,
  medianWape,
  minuteMs,
  pastAt,
  peakErrorAt,
  peakMinutesOff,
  peaksCovered,
  pooledWape,
  windowMinutes,
} from './judged-slot.ts';

const levels = [0.5, 0.9, 0.95];

/** Goals at one lead; `three` and `ten`: with at least that number of past events. */
interface Goals {
  readonly title: string;
  readonly leadMinutes: number;
  readonly three?: { readonly wape: Bounds; readonly median: Bounds };
  readonly ten: { readonly wape: Bounds; readonly median?: Bounds; readonly peak: Bounds; readonly peak90?: Bounds };
  readonly excess: Bounds;
  readonly coverage: boolean;
}
type Bounds = readonly [must: number, stretch: number];

const goals: readonly Goals[] = [
  {
    title: '24 h before',
    leadMinutes: 1440,
    three: { wape: [0.36, 0.33], median: [0.2, 0.17] },
    ten: { wape: [0.255, 0.235], peak: [0.22, 0.2] },
    excess: [1.15, 1],
    coverage: false,
  },
  {
    title: '1 h before',
    leadMinutes: 60,
    ten: { wape: [0.185, 0.17], median: [0.095, 0.085], peak: [0.14, 0.11], peak90: [0.37, 0.33] },
    excess: [0.6, 0.5],
    coverage: true,
  },
  {
    title: '10 min before',
    leadMinutes: 10,
    ten: { wape: [0.155, 0.145], median: [0.09, 0.08], peak: [0.115, 0.1], peak90: [0.32, 0.3] },
    excess: [0.5, 0.4],
    coverage: true,
  },
];

/** Forecasts of every event a day, an hour and ten minutes before it, from the data known then. */
export function judgeBefore(history: Series, events: readonly Event[]): readonly BenchmarkTable[] {
  return goals.map(goal => {
    const slots = events.flatMap(event => judgeSlot(history, events, event, goal.leadMinutes));
    const ten = slots.filter(slot => slot.past >= 10);
    return {
      title: `${goal.title}: ${slots.length} events with ≥ 3 past, ${ten.length} with ≥ 10`,
      figures: [
        figure('WAPE, ≥ 3 past', pooledWape(slots), goal.three?.wape),
        figure('WAPE of the median event, ≥ 3 past', medianWape(slots), goal.three?.median),
        figure('WAPE, ≥ 10 past', pooledWape(ten), goal.ten.wape),
        figure('WAPE of the median event, ≥ 10 past', medianWape(ten), goal.ten.median),
        figure('peak error, median, ≥ 10 past', peakErrorAt(ten, 0.5), goal.ten.peak),
        figure('peak error, 90 % of events, ≥ 10 past', peakErrorAt(ten, 0.9), goal.ten.peak90),
        figure('peak time off, 90 % of events, minutes, ≥ 10 past', peakMinutesOff(ten, 0.9), [5, 5]),
        ...capacityFigures(slots, goal),
        ...naiveFigures(history, ten, goal.leadMinutes),
      ],
    };
  });
}

function judgeSlot(history: Series, events: readonly Event[], event: Event, leadMinutes: number): JudgedSlot[] {
  const origin = event.start - leadMinutes * minuteMs;
  const past = pastAt(events, origin);
  if (past < 3) return [];
  const from = event.start - beforeMinutes * minuteMs;
  const fitted = fitDemand(history, { now: origin, events });
  const forecast = totalDemand(fitted.predict({ from, steps: windowMinutes, levels, events: [event] }));
  return [{ event, past, forecast, actual: actualsFrom(history, from, windowMinutes) }];
}

function capacityFigures(slots: readonly JudgedSlot[], goal: Goals): Figure[] {
  const p90 = capacityOf(slots, 0.9);
  const p95 = capacityOf(slots, 0.95);
  const within = (low: number, high: number) => (goal.coverage ? { must: [low, high] as const } : {});
  return [
    { measure: 'P90 coverage, ≥ 3 past', value: p90.coverage, ...within(0.88, 0.94) },
    { measure: 'P95 coverage, ≥ 3 past', value: p95.coverage, ...within(0.93, 0.97) },
    figure('excess of P95 as capacity, ≥ 3 past', p95.excess, goal.excess),
    figure('load lost with P95 as capacity, ≥ 3 past', p95.lost),
    figure('share of peaks under P95, ≥ 3 past', peaksCovered(slots, 0.95)),
  ];
}

/** Forecast without a model: the same minute of the last known day or week. */
function naiveFigures(history: Series, slots: readonly JudgedSlot[], leadMinutes: number): Figure[] {
  const shifted = (days: number) =>
    pooledWape(
      slots.map(slot => {
        const from = slot.event.start - beforeMinutes * minuteMs - days * 86_400_000;
        const point = actualsFrom(history, from, windowMinutes).map(value => value ?? 0);
        return { ...slot, forecast: { ...slot.forecast, point } };
      }),
    );
  const known = leadMinutes >= 1440 - 180 ? 2 : 1;
  return [
    figure(`for comparison: WAPE of the same minute ${known === 1 ? 'yesterday' : 'two days ago'}`, shifted(known)),
    figure('for comparison: WAPE of the same minute last week', shifted(7)),
  ];
}

function figure(measure: string, value: number, bounds?: Bounds): Figure {
  return bounds === undefined ? { measure, value } : { measure, value, must: bounds[0], stretch: bounds[1] };
}

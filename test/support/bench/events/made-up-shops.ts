import {
  coverage,
  type Event,
  excessRatio,
  fitDemand,
  type Series,
  totalDemand,
  wape,
} from '../../../../forecasts/index.ts';
import { dayMs, hourMs, minuteMs } from '../../demand/made-up-demand.ts';
import { madeUpShop, type SaleShape, saleShapes } from '../../demand/made-up-sales.ts';
import type { BenchmarkTable, Figure } from '../benchmark.ts';

const draws = 6;
const pasts = [0, 1, 3, 10];
const durations = {
  '10 minutes': 10 * minuteMs,
  '1 hour': hourMs,
  '6 hours': 6 * hourMs,
  '2 days': 2 * dayMs,
  '7 days': 7 * dayMs,
} as const;
const shapes = Object.keys(saleShapes) as readonly SaleShape[];
const aheadMs = 10 * minuteMs;
const looks = 12;

/** Accuracy of the forecasts of one made-up sale, an hour before and during the sale. */
interface Judged {
  readonly shape: SaleShape;
  readonly duration: keyof typeof durations;
  readonly past: number;
  readonly wape: number;
  /** Highest forecast ÷ highest actual value − 1. */
  readonly peakError: number;
  readonly coverage: number;
  readonly excess: number;
  readonly peakCovered: boolean;
  readonly live: {
    readonly actual: number[];
    readonly forecast: number[];
    readonly last: number[];
    readonly p95: number[];
  };
}

/**
 * Forecasts sales of made-up shops that differ in shape, duration, features and bias of the stated peak. Needs no data.
 */
export function judgeMadeUpShops(): readonly BenchmarkTable[] {
  const judged = pasts.flatMap(past =>
    shapes.flatMap(shape =>
      (Object.keys(durations) as (keyof typeof durations)[]).flatMap(duration =>
        Array.from({ length: draws }, (_, draw) => judgeShop(shape, duration, past, draw)),
      ),
    ),
  );
  return [
    {
      title: `made-up sales an hour before: ${shapes.length} shapes × ${Object.keys(durations).length} durations × ${draws} shops`,
      figures: pasts.flatMap(past =>
        figuresOf(
          `${past} past`,
          judged.filter(one => one.past === past),
        ),
      ),
    },
    {
      title: 'made-up sales by shape and by duration, 3 past',
      figures: [...shapes, ...Object.keys(durations)].flatMap(kind => {
        const of = judged.filter(one => one.past === 3 && (one.shape === kind || one.duration === kind));
        return [{ measure: `WAPE, mean of sales, ${kind}`, value: mean(of.map(one => one.wape)) }];
      }),
    },
    {
      title: 'made-up sales while they run, ten minutes ahead',
      figures: pasts.flatMap(past => liveFigures(past, judged)),
    },
  ];
}

function judgeShop(shape: SaleShape, duration: keyof typeof durations, past: number, draw: number): Judged {
  const seed = 1 + draw + 100 * shapes.indexOf(shape) + 1000 * Object.keys(durations).indexOf(duration);
  const { history, events } = madeUpShop({ shape, durationMs: durations[duration], past, seed });
  const event = events.at(-1) as Event;
  const stepMs = history.stepSeconds * 1000;
  const fitted = fitDemand(history, { now: event.start - hourMs, events });
  const input = { levels: [0.95], events: [event] };
  const steps = Math.round((event.end - event.start) / stepMs);
  const { point, quantiles } = totalDemand(fitted.predict({ ...input, from: event.start, steps }));
  const actual = between(history, event.start, event.end);
  const p95 = quantiles[0]?.values ?? [];
  const live: Judged['live'] = { actual: [], forecast: [], last: [], p95: [] };
  const every = Math.max(stepMs, Math.floor((event.end - event.start) / looks / stepMs) * stepMs);
  for (let now = event.start + aheadMs; now + aheadMs < event.end; now += every) {
    const known = between(history, now - 2 * hourMs, now);
    const recent = { start: now - 2 * hourMs, stepSeconds: history.stepSeconds, values: known };
    const from = now + aheadMs - stepMs;
    const ahead = totalDemand(fitted.predict({ ...input, from, steps: 1, recent }));
    live.actual.push(between(history, from, from + stepMs)[0] ?? Number.NaN);
    live.forecast.push(ahead.point[0] ?? 0);
    live.p95.push(ahead.quantiles[0]?.values[0] ?? 0);
    live.last.push(known.at(-1) ?? 0);
  }
  return {
    shape,
    duration,
    past,
    wape: wape(actual, point),
    peakError: Math.max(...point) / Math.max(...actual) - 1,
    coverage: coverage(actual, p95),
    excess: excessRatio(actual, p95),
    peakCovered: Math.max(...p95) >= Math.max(...actual),
    live,
  };
}

function figuresOf(name: string, judged: readonly Judged[]): readonly Figure[] {
  return [
    { measure: `WAPE, mean of sales, ${name}`, value: mean(judged.map(one => one.wape)) },
    { measure: '  peak error, median', value: median(judged.map(one => Math.abs(one.peakError))) },
    { measure: '  peak error, median, sign kept', value: median(judged.map(one => one.peakError)) },
    { measure: '  P95 coverage', value: mean(judged.map(one => one.coverage)), must: [0.93, 1] },
    { measure: '  share of peaks under P95', value: mean(judged.map(one => Number(one.peakCovered))) },
    { measure: '  excess of P95 as capacity, median', value: median(judged.map(one => one.excess)) },
  ];
}

function liveFigures(past: number, judged: readonly Judged[]): readonly Figure[] {
  const of = judged.filter(one => one.past === past && one.live.actual.length > 0).map(({ live }) => live);
  const error = mean(of.map(({ actual, forecast }) => wape(actual, forecast)));
  const last = mean(of.map(one => wape(one.actual, one.last)));
  return [
    { measure: `WAPE, mean of sales, ${past} past`, value: error },
    { measure: '  ratio to the last value', value: error / last },
    { measure: '  P95 coverage', value: mean(of.map(({ actual, p95 }) => coverage(actual, p95))), must: [0.93, 1] },
  ];
}

function between(history: Series, from: number, to: number): number[] {
  const stepMs = history.stepSeconds * 1000;
  const index = (time: number) => Math.round((time - history.start) / stepMs);
  return history.values.slice(index(from), index(to)).map(Number);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? Number.NaN) + (sorted[sorted.length >> 1] ?? Number.NaN)) / 2;
}

import { type Event, fitDemand, type Series, totalDemand } from '../../../../forecasts/index.ts';
import { dayMs, hourMs, monday, normalFrom, ordinaryDemand, seededRandom } from '../../demand/made-up-demand.ts';
import type { BenchmarkTable, Figure } from '../benchmark.ts';
import { actualsFrom, capacityOf, type JudgedSlot, minuteMs, peakErrorAt, pooledWape } from './judged-slot.ts';

const draws = 150;
const days = 15;
const statementBias = 1.5;
const levels = [0.5, 0.95];

const goals = [
  { past: 0, spread: 0.2, must: 0.2, stretch: 0.17 },
  { past: 0, spread: 0.4, must: 0.26, stretch: 0.22 },
  { past: 3, spread: 0.4 },
  { past: 10, spread: 0.4 },
];

/** Made-up sales that rise within minutes and decay; stated as ×3 to ×15, 50 % too high on average. */
export function judgeStepSales(): BenchmarkTable {
  const figures = goals.flatMap(({ past, spread, ...bounds }): Figure[] => {
    const judged = Array.from({ length: draws }, (_, seed) => judgeDraw(seed, past, spread));
    const before = judged.map(({ beforehand }) => beforehand);
    const told = `${past} past, statement off by e^±${spread}`;
    return [
      { measure: `WAPE an hour before, ${told}`, value: pooledWape(before), ...bounds },
      { measure: '  peak error, median', value: peakErrorAt(before, 0.5) },
      { measure: '  P95 coverage', value: capacityOf(before, 0.95).coverage, must: [0.93, 1] },
      { measure: '  excess of P95 as capacity', value: capacityOf(before, 0.95).excess },
      {
        measure: '  WAPE 10 min ahead, from minute 10 on',
        value: pooledWape(judged.flatMap(({ live }) => live)),
        must: 0.075,
        stretch: 0.065,
      },
    ];
  });
  return { title: `made-up step sales, ${draws} draws`, figures };
}

interface Draw {
  readonly beforehand: JudgedSlot;
  readonly live: readonly JudgedSlot[];
}

function judgeDraw(seed: number, past: number, spread: number): Draw {
  const { history, events } = stepSales(seed, past, spread);
  const event = events.at(-1) as Event;
  const minutes = Math.round((event.end - event.start) / minuteMs);
  const fitted = fitDemand(history, { now: event.start - hourMs, events });
  const input = { levels, events: [event] };
  const total = totalDemand(fitted.predict({ ...input, from: event.start, steps: minutes }));
  const live: JudgedSlot[] = [];
  for (let minute = 10; minute + 10 < minutes; minute += 5) {
    const now = event.start + minute * minuteMs;
    const recent = { start: now - 2 * hourMs, stepSeconds: 60, values: actualsFrom(history, now - 2 * hourMs, 120) };
    const from = now + 9 * minuteMs;
    const forecast = totalDemand(fitted.predict({ ...input, from, steps: 1, recent }));
    live.push({ event, past, forecast, actual: actualsFrom(history, from, 1) });
  }
  return { beforehand: { event, past, forecast: total, actual: actualsFrom(history, event.start, minutes) }, live };
}

/** Fifteen days of a made-up shop with `past` sales and, last, one to forecast. */
function stepSales(
  seed: number,
  past: number,
  spread: number,
): { readonly history: Series; readonly events: readonly Event[] } {
  const random = seededRandom(seed + 1);
  const normal = normalFrom(random);
  const sales = Array.from({ length: past + 1 }, (_, i) => {
    const day = i === past ? days - 1 : 3 + ((days - 4) * (i + 0.5)) / past;
    const start = monday + Math.floor(day) * dayMs + Math.floor(8 + 12 * random()) * hourMs;
    const peak = Math.exp(Math.log(3) + random() * Math.log(5)) / statementBias;
    return { start, peak, rise: 1 + 5 * random(), rest: 0.4 + 0.35 * random(), decay: 10 + 20 * random() };
  });
  const durationMs = 120 * minuteMs;
  const values = Array.from({ length: days * 1440 }, (_, i) => {
    const time = monday + i * minuteMs;
    const logUplift = sales.reduce((sum, sale) => sum + Math.log(sale.peak) * stepShape(sale, time, durationMs), 0);
    return ordinaryDemand(time) * Math.exp(logUplift + 0.05 * normal());
  });
  const events = sales.map(({ start, peak }, i) => ({
    id: `sale-${i}`,
    start,
    end: start + durationMs,
    statedPeakRatio: Math.max(1, peak * statementBias * Math.exp(spread * normal())),
    features: {},
  }));
  return { history: { start: monday, stepSeconds: 60, values }, events };
}

function stepShape(
  {
    start,
    rise,
    rest,
    decay,
  }: { readonly start: number; readonly rise: number; readonly rest: number; readonly decay: number },
  time: number,
  durationMs: number,
): number {
  const tau = (time - start) / minuteMs;
  if (tau < 0) return 0;
  if (time >= start + durationMs) return rest * Math.exp(-(time - start - durationMs) / minuteMs / 8);
  return Math.min(1, (tau + 0.5) / rise) * (rest + (1 - rest) * Math.exp(-Math.max(0, tau - rise) / decay));
}

import {
  coverage,
  type Event,
  excessRatio,
  type FitDemand,
  type Forecast,
  fitDemand,
  type Series,
  totalDemand,
  wape,
} from '../../forecasts/index.ts';
import type { BenchmarkTable, Figure, RunBenchmark } from '../support/benchmark.ts';
import { readWorldcup } from '../support/worldcup.ts';

const minuteMs = 60_000;
const before = 30;
const steps = 210;
const levels = [0.5, 0.9, 0.95];

export const run: RunBenchmark = () => {
  const { history, slots } = readWorldcup();
  const tables: BenchmarkTable[] = [];
  for (const [title, leadMinutes] of [
    ['T0−24 h', 1440],
    ['T0−1 h', 60],
    ['T0−10 min', 10],
  ] as const)
    tables.push(staticTable(title, history, slots, leadMinutes, fitDemand));
  return { settings: [`${slots.length} slots`], tables, skipped: [] };
};

interface Slot {
  past: number;
  actual: (number | null)[];
  forecast: Forecast;
}

function staticTable(
  title: string,
  history: Series,
  slots: readonly Event[],
  leadMinutes: number,
  fit: FitDemand,
): BenchmarkTable {
  const judged: Slot[] = [];
  for (const slot of slots) {
    const origin = slot.start - leadMinutes * minuteMs;
    const past = slots.filter(other => other.start + 180 * minuteMs <= origin).length;
    if (past < 3) continue;
    const from = slot.start - before * minuteMs;
    const fitted = fit(history, { now: origin, events: slots });
    const forecast = totalDemand(fitted.predict({ from, steps, levels, events: [slot] }));
    const at = Math.round((from - history.start) / minuteMs);
    judged.push({ past, actual: history.values.slice(at, at + steps), forecast });
  }
  const many = judged.filter(slot => slot.past >= 10);
  return { title, figures: [...figures('≥ 3 past', judged), ...figures('≥ 10 past', many)] };
}

function figures(group: string, slots: readonly Slot[]): Figure[] {
  const actual = slots.flatMap(slot => slot.actual);
  const point = slots.flatMap(slot => slot.forecast.point);
  const q = (i: number) => slots.flatMap(slot => slot.forecast.quantiles[i]?.values ?? []);
  const wapes = slots.map(slot => wape(slot.actual, slot.forecast.point)).sort((a, b) => a - b);
  const peaks = slots
    .map(slot => Math.abs(Math.max(...five(slot.forecast.point)) / Math.max(...five(slot.actual)) - 1))
    .sort((a, b) => a - b);
  return [
    { measure: `${group} (${slots.length}): WAPE`, value: wape(actual, point) },
    { measure: `${group}: WAPE median slot`, value: wapes[wapes.length >> 1] ?? NaN },
    { measure: `${group}: peak median`, value: peaks[peaks.length >> 1] ?? NaN },
    { measure: `${group}: peak p90`, value: peaks[Math.floor(peaks.length * 0.9)] ?? NaN },
    { measure: `${group}: P50 coverage`, value: coverage(actual, q(0)) },
    { measure: `${group}: P90 coverage`, value: coverage(actual, q(1)) },
    { measure: `${group}: P95 coverage`, value: coverage(actual, q(2)) },
    { measure: `${group}: P95 excess`, value: excessRatio(actual, q(2)) },
  ];
}

function five(values: readonly (number | null)[]): number[] {
  const means: number[] = [];
  for (let i = 0; i + 5 <= values.length; i += 5)
    means.push(values.slice(i, i + 5).reduce<number>((s, v) => s + (v ?? 0), 0) / 5);
  return means;
}

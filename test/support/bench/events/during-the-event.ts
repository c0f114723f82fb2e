import {
  coverage,
  type Event,
  excessRatio,
  fitDemand,
  type Series,
  totalDemand,
  underProvisionedShare,
  wape,
} from '../../../../forecasts/index.ts';
import type { BenchmarkTable, Figure } from '../benchmark.ts';
import { actualsFrom, minuteMs, pastAt } from './judged-slot.ts';

const horizons = [1, 5, 10, 20, 30, 60];
const envelopeMinutes = 3;
const steps = Math.max(...horizons) + envelopeMinutes + 1;
const lastMinute = 180;

const wapeGoals: Readonly<Record<number, readonly [must: number, stretch: number]>> = {
  5: [0.053, 0.05],
  10: [0.07, 0.065],
  20: [0.095, 0.09],
  30: [0.115, 0.108],
  60: [0.143, 0.135],
};
const ratioGoals: typeof wapeGoals = {
  5: [0.8, 0.76],
  10: [0.65, 0.61],
  20: [0.54, 0.5],
  30: [0.48, 0.45],
  60: [0.41, 0.38],
};
const underGoals: typeof wapeGoals = { 5: [0.015, 0.01], 10: [0.022, 0.015], 20: [0.022, 0.015], 30: [0.028, 0.02] };
const excessGoals: Readonly<Record<number, number>> = { 5: 0.17, 10: 0.21, 20: 0.32, 30: 0.38 };

/** Forecasts of the running event, one per minute, by horizon. */
interface Ahead {
  readonly actual: (number | null)[];
  readonly point: number[];
  readonly persistence: number[];
  readonly p95: number[];
  /** Highest P95 within ± 3 minutes of the same forecast, as the time of the peak varies by minutes. */
  readonly envelope: number[];
}

/** Fits ten minutes before each event, then forecasts every minute with the actual values so far. */
export function judgeDuring(history: Series, events: readonly Event[]): BenchmarkTable {
  const ahead = new Map<number, Ahead>(
    horizons.map(h => [h, { actual: [], point: [], persistence: [], p95: [], envelope: [] }]),
  );
  let forecasts = 0;
  let cpuMs = 0;
  const judged = events.filter(event => pastAt(events, event.start - 10 * minuteMs) >= 3);
  for (const event of judged) {
    const fitted = fitDemand(history, { now: event.start - 10 * minuteMs, events });
    for (let minute = 1; minute < lastMinute; minute++) {
      const now = event.start + minute * minuteMs;
      const recentMinutes = 120;
      const values = actualsFrom(history, now - recentMinutes * minuteMs, recentMinutes);
      const recent = { start: now - recentMinutes * minuteMs, stepSeconds: 60, values };
      const began = process.cpuUsage().user;
      const total = totalDemand(fitted.predict({ from: now, steps, levels: [0.95], events: [event], recent }));
      cpuMs += (process.cpuUsage().user - began) / 1000;
      forecasts++;
      const actual = actualsFrom(history, now, lastMinute - minute);
      const p95 = total.quantiles[0]?.values ?? [];
      for (const [h, into] of ahead) {
        const i = h - 1;
        if (i >= actual.length) continue;
        into.actual.push(actual[i] ?? null);
        into.point.push(total.point[i] ?? 0);
        into.persistence.push(values.at(-1) ?? 0);
        into.p95.push(p95[i] ?? 0);
        into.envelope.push(Math.max(...p95.slice(Math.max(0, i - envelopeMinutes), i + envelopeMinutes + 1)));
      }
    }
  }
  return {
    title: `while it runs: ${judged.length} events, a forecast each minute (${forecasts}, ${(cpuMs / forecasts).toFixed(2)} ms CPU each)`,
    figures: [...ahead].flatMap(([h, all]) => figuresAhead(h, all)),
  };
}

function figuresAhead(h: number, { actual, point, persistence, p95, envelope }: Ahead): Figure[] {
  const error = wape(actual, point);
  const last = wape(actual, persistence);
  const excess = excessGoals[h];
  return [
    { measure: `WAPE ${h} min ahead`, value: error, ...bounds(wapeGoals[h]) },
    { measure: `  of the last value`, value: last },
    { measure: `  ratio to the last value`, value: error / last, ...bounds(ratioGoals[h]) },
    {
      measure: `  P95 coverage`,
      value: coverage(actual, p95),
      ...(h >= 5 ? { must: [0.94, 0.98], stretch: [0.945, 0.965] } : {}),
    },
    {
      measure: `  minutes under capacity (P95, ± 3 min)`,
      value: underProvisionedShare(actual, envelope),
      ...bounds(underGoals[h]),
    },
    {
      measure: `  excess capacity`,
      value: excessRatio(actual, envelope),
      ...(excess === undefined ? {} : { must: excess }),
    },
  ];
}

function bounds(goal: readonly [number, number] | undefined) {
  return goal === undefined ? {} : { must: goal[0], stretch: goal[1] };
}

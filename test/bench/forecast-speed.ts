import { demandFrom, type Event, ensemble, type Series } from '../../forecasts/index.ts';
import type { BenchmarkTable, Figure, RunBenchmark } from '../support/bench/benchmark.ts';
import { medianCpuMs } from '../support/bench/cpu-time.ts';
import { forecastByMstl } from '../support/bench/forecast-by-mstl.ts';
import { madeUpHourlySeries } from '../support/bench/made-up-series-sets.ts';
import { dayMs, hourMs, madeUpDemand, minuteMs } from '../support/demand/made-up-demand.ts';

const levels = [0.5, 0.9, 0.95];
const historyDays = 28;
const pastSales = 40;

/**
 * CPU time of a base forecast, of an event and of a live step; its growth; comparison with augurs' MSTL. Made-up data.
 */
export const run: RunBenchmark = () => ({
  settings,
  tables: [baseTable(), eventTable(), pastEventsTable(), growthTable()],
  skipped: [],
});

const settings = [
  'made-up shops with a daily wave, quieter week-ends and noise; one thread, CPU time of the whole process: the median of many runs after some three hundred to warm up',
  'base: the ensemble fitted on the history and asked for a day at three levels; hourly ones for 48 hours, as augurs MSTL is',
  'event: a demand fitted on 28 days with 40 sales in them, asked for a sale it has not been asked for before, four hours by the minute',
  'past events: 28 days by the minute with that many events of twenty minutes in them, asked for another one, 400 steps ahead; and fitted on them',
  'live: the same asked every minute of a running sale with the last two hours of actuals, 64 minutes at P95',
];

function baseTable(): BenchmarkTable {
  const base = (title: string, stepSeconds: number, goals: Partial<Figure>): Figure => ({
    measure: `base fitted and forecast, 28 d at ${title}: ms`,
    value: baseMs(madeUpDemand({ days: historyDays, stepSeconds, seed: 11 })),
    ...goals,
  });
  const hourly = madeUpHourlySeries().map(({ series }) => series);
  const measuring = { warmUps: 15 * hourly.length, rounds: 2 * hourly.length };
  const ownMs = medianCpuMs(run => forecastBase(hourly[run % hourly.length] as Series, 48), measuring);
  const mstlMs = medianCpuMs(run => forecastByMstl(hourly[run % hourly.length]?.values as number[], 48), measuring);
  return {
    title: 'A base forecast',
    figures: [
      base('5 min', 300, { must: 3, stretch: 1 }),
      base('1 min', 60, { must: 40 }),
      { measure: 'base fitted and forecast, 42 d by the hour: ms', value: ownMs, must: 2 },
      { measure: 'augurs MSTL on the same: ms', value: mstlMs },
      { measure: 'CPU time ÷ that of augurs MSTL', value: ownMs / mstlMs, must: 1 / 12 },
    ],
  };
}

function eventTable(): BenchmarkTable {
  const sales = Array.from({ length: pastSales + 1 }, (_, i) => saleAt(firstSale + i * 16 * hourMs, i));
  const history = madeUpDemand({ days: historyDays + 1, sales: sales.map(event => ({ event, peak: 4 })), seed: 12 });
  const coming = sales.at(-1) as Event;
  const eve = coming.start - 10 * minuteMs;
  const fitted = demandFrom(ensemble)(history, { now: eve, events: sales });
  const foretell = (run: number) =>
    fitted.predict({ from: eve, steps: 240, levels, events: [{ ...coming, id: `sale unheard of ${run}` }] });
  const live = (run: number) => {
    const now = coming.start + (1 + (run % 120)) * minuteMs;
    fitted.predict({ from: now, steps: 64, levels: [0.95], events: [coming], recent: recentOf(history, now) });
  };
  return {
    title: `An event with ${pastSales} past ones`,
    figures: [
      {
        measure: 'event learned and forecast: ms',
        value: medianCpuMs(foretell, { warmUps: 300, rounds: 100 }),
        must: 5,
        stretch: 2,
      },
      {
        measure: 'a live step, all horizons: ms',
        value: medianCpuMs(live, { warmUps: 2400, rounds: 60, repeats: 120 }),
        must: 0.05,
        stretch: 0.02,
      },
    ],
  };
}

/** CPU time of a forecast and of a fit with no, hundreds and thousands of past events: neither may grow with them. */
function pastEventsTable(): BenchmarkTable {
  const measured = [0, 200, 10_000].map(count => ({ count, ...pastEventsMs(count) }));
  const [none, ...some] = measured;
  return {
    title: 'As past events grow',
    figures: [
      ...measured.map(({ count, predict }) => ({
        measure: `event forecast, ${count} past events: ms`,
        value: predict,
      })),
      ...some.map(({ count, predict }) => ({
        measure: `event forecast, ${count} ÷ no past events`,
        value: predict / (none?.predict ?? Number.NaN),
        must: 1.7,
        stretch: 1.5,
      })),
      ...some.map(({ count, fit }) => ({
        measure: `fit, ${count} ÷ no past events`,
        value: fit / (none?.fit ?? Number.NaN),
        must: 1.5,
      })),
    ],
  };
}

function pastEventsMs(count: number): { readonly predict: number; readonly fit: number } {
  const history = madeUpDemand({ days: historyDays, seed: 14 });
  const now = history.start + historyDays * dayMs;
  const between = ((historyDays - 4) * dayMs) / Math.max(1, count);
  const saleOf = (start: number, index: number): Event => ({
    ...saleAt(start, index),
    end: start + 20 * minuteMs,
    features: { discount: 10 + 10 * (index % 5), categories: ['shoes', 'toys', 'shoes,books'][index % 3] ?? 'shoes' },
  });
  const events = Array.from({ length: count }, (_, i) => saleOf(history.start + 3 * dayMs + i * between, i));
  const fitted = demandFrom(ensemble)(history, { now, events });
  const foretell = (run: number) =>
    fitted.predict({ from: now, steps: 400, levels, events: [saleOf(now + 2 * hourMs, count + run)] });
  return {
    predict: medianCpuMs(foretell, { warmUps: 1500, rounds: 300 }),
    fit: medianCpuMs(() => demandFrom(ensemble)(history, { now, events }), { warmUps: 15, rounds: 15 }),
  };
}

/** Growth of the CPU time per sample from one week to four months of five-minute steps; the goal is at most 1. */
function growthTable(): BenchmarkTable {
  const perSample = [7, 28, 112].map(days => {
    const series = madeUpDemand({ days, stepSeconds: 300, seed: 13 });
    return { days, us: (1000 * baseMs(series)) / series.values.length };
  });
  const [week, , months] = perSample;
  return {
    title: 'As the history grows',
    figures: [
      ...perSample.map(({ days, us }) => ({ measure: `base, ${days} d at 5 min: µs a sample`, value: us })),
      {
        measure: 'CPU time a sample, 112 d ÷ 7 d (1 = linear)',
        value: (months?.us ?? Number.NaN) / (week?.us ?? Number.NaN),
        must: 1.2,
      },
    ],
  };
}

function baseMs(series: Series): number {
  const steps = Math.round(dayMs / 1000 / series.stepSeconds);
  return medianCpuMs(() => forecastBase(series, steps), { warmUps: 300, rounds: 60 });
}

function forecastBase(series: Series, steps: number): void {
  const now = series.start + series.values.length * series.stepSeconds * 1000;
  ensemble.fit(series, { now, events: [] }).predict({ steps, levels, events: [] });
}

const firstSale = Date.UTC(2026, 5, 2, 9);

function saleAt(start: number, index: number): Event {
  return {
    id: `sale ${index}`,
    start,
    end: start + 2 * hourMs,
    statedPeakRatio: 4,
    features: { discount: 10 + index },
  };
}

function recentOf({ start, stepSeconds, values }: Series, now: number): Series {
  const end = Math.round((now - start) / stepSeconds / 1000);
  return { start: now - 120 * minuteMs, stepSeconds, values: values.slice(end - 120, end) };
}

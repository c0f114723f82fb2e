import { coverage, type Model, mase, msis, smape } from '../../../forecasts/index.ts';
import { forecastByMstl } from './forecast-by-mstl.ts';
import { naive2 } from './naive2.ts';
import type { NamedSeries } from './real-series-sets.ts';

const held = 48;
/** Number of series forecast before the measurement, to let the code be compiled. */
const warmUps = 10;
const season = 24;
const levels = [0.025, 0.5, 0.9, 0.95, 0.975];

/** Mean scores over a set of series; OWA relative to Naive2 on the same set. */
export interface M4Scores {
  readonly series: number;
  readonly owa: number;
  readonly smape: number;
  readonly mase: number;
  readonly msis: number;
  /** Shares (0–1) of hours inside the central 95 %, below P90, below P95. */
  readonly inside95: number;
  readonly below90: number;
  readonly below95: number;
  readonly naive2Smape: number;
  readonly naive2Mase: number;
  readonly mstlOwa: number;
  /** CPU time of the model, and of MSTL ÷ that of the model. */
  readonly cpuMsPerSeries: number;
  readonly speedRatio: number;
}

/** Forecasts the last 48 hours of each series from the hours before, by the model, by Naive2 and by augurs' MSTL. */
export function judgeM4(model: Model, set: readonly NamedSeries[]): M4Scores {
  const judge = ({ series }: NamedSeries) => judgeSeries(model, series.values as readonly number[], series.start);
  set.slice(0, warmUps).forEach(judge);
  const rows = set.map(judge);
  const mean = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const naive2Smape = mean(row => row.naive.smape);
  const naive2Mase = mean(row => row.naive.mase);
  const owa = (of: (row: (typeof rows)[number]) => PointScores) =>
    (mean(row => of(row).smape) / naive2Smape + mean(row => of(row).mase) / naive2Mase) / 2;
  return {
    series: rows.length,
    owa: owa(row => row.own),
    smape: mean(row => row.own.smape),
    mase: mean(row => row.own.mase),
    msis: mean(row => row.msis),
    inside95: mean(row => row.inside95),
    below90: mean(row => row.below90),
    below95: mean(row => row.below95),
    naive2Smape,
    naive2Mase,
    mstlOwa: owa(row => row.mstl),
    cpuMsPerSeries: mean(row => row.cpuMs),
    speedRatio: mean(row => row.mstlCpuMs) / mean(row => row.cpuMs),
  };
}

interface PointScores {
  readonly smape: number;
  readonly mase: number;
}

function judgeSeries(model: Model, values: readonly number[], start: number) {
  const history = values.slice(0, -held);
  const actual = values.slice(-held);
  const score = (point: readonly number[]): PointScores => ({
    smape: smape(actual, point),
    mase: mase(actual, point, { history, seasonLength: season }),
  });
  const now = start + history.length * 3_600_000;
  const own = timed(() =>
    model
      .fit({ start, stepSeconds: 3600, values: history }, { now, events: [] })
      .predict({ steps: held, levels, events: [] }),
  );
  const mstl = timed(() => forecastByMstl(history, held));
  const quantile = (level: number) => own.result.quantiles.find(q => q.level === level)?.values ?? [];
  const lower = quantile(0.025);
  const upper = quantile(0.975);
  return {
    own: score(own.result.point),
    naive: score(naive2(history, season, held)),
    mstl: score(mstl.result),
    msis: msis(actual, { lower, upper, level: 0.95 }, { history, seasonLength: season }),
    inside95: coverage(actual, upper) - coverage(actual, lower),
    below90: coverage(actual, quantile(0.9)),
    below95: coverage(actual, quantile(0.95)),
    cpuMs: own.cpuMs,
    mstlCpuMs: mstl.cpuMs,
  };
}

function timed<T>(run: () => T): { readonly result: T; readonly cpuMs: number } {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return { result, cpuMs: (user + system) / 1000 };
}

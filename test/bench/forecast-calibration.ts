import { backtest, coverage, ensemble } from '../../forecasts/index.ts';
import type { BenchmarkTable, Figure, RunBenchmark } from '../support/bench/benchmark.ts';
import {
  type Calibration,
  type CalibrationOptions,
  judgeCalibration,
  judgedLevels,
} from '../support/bench/judge-calibration.ts';
import { judgeLevelShift } from '../support/bench/judge-level-shift.ts';
import { madeUpFiveMinuteSeries, madeUpHourlySeries } from '../support/bench/made-up-series-sets.ts';
import {
  type NamedSeries,
  readFiveMinuteSeries,
  readGuardSeries,
  readM4Hourly,
} from '../support/bench/real-series-sets.ts';
import { realDataMissing } from '../support/demand/real-data.ts';

const hourAhead: CalibrationOptions = { hours: 1, origins: 260, leastHoursBetween: 1 };
const dayAhead: CalibrationOptions = { hours: 24, origins: 70, leastHoursBetween: 3 };

/** Coverage of the quantiles by level, horizon, series and week, and after a shift of the level. */
export const run: RunBenchmark = () => {
  const twins = [
    ...seriesTables('Synthetic twin: made-up five-minute series', madeUpFiveMinuteSeries(), false),
    shiftTable(),
  ];
  if (realDataMissing !== undefined)
    return {
      settings,
      tables: twins,
      skipped: [`the sixteen series, the guard set and M4 Hourly: ${realDataMissing}`],
    };
  const even = readM4Hourly().filter(({ name }) => Number(name.slice(1)) % 2 === 0);
  return {
    settings,
    tables: [
      ...seriesTables('Sixteen five-minute series', readFiveMinuteSeries(), true),
      ...seriesTables('Guard set, never used to choose', readGuardSeries(), false),
      m4Table(even),
      ...twins,
    ],
    skipped: [],
  };
};

const settings = [
  'Coverage: share of steps at or below the quantile; each forecast from at most 28 days before it, rolling origins in the last 40 %: up to 260 an hour ahead, up to 70 a day ahead. All of the ensemble.',
  'The width of the ensemble’s bands was chosen on these sixteen series and on the odd half of M4 Hourly.',
  'A week counts with seven origins at least. Errors go together within a forecast and from one to the next: a calibrated forecaster scatters by about ± 0.01 a series an hour ahead, ± 0.03 a day ahead.',
  'Sales are judged in forecast-events: P95 from a day before to an hour ahead while they run.',
];

function seriesTables(title: string, set: readonly NamedSeries[], isJudged: boolean): readonly BenchmarkTable[] {
  const table = (words: string, options: CalibrationOptions, goals: Goals): BenchmarkTable => ({
    title: `${title}, ${words}`,
    figures: calibrationFigures(set, options, isJudged ? goals : {}),
  });
  return [
    table('1 h ahead', hourAhead, {
      deviation: { must: 0.01, stretch: 0.005 },
      worst: { must: [0.93, 1], stretch: [0.94, 1] },
    }),
    table('24 h ahead', dayAhead, {
      deviation: { must: 0.045, stretch: 0.03 },
      worst: { must: [0.8, 1], stretch: [0.88, 1] },
    }),
  ];
}

interface Goals {
  readonly deviation?: Pick<Figure, 'must' | 'stretch'>;
  readonly worst?: Pick<Figure, 'must' | 'stretch'>;
}

function calibrationFigures(set: readonly NamedSeries[], options: CalibrationOptions, goals: Goals): Figure[] {
  const scores = set.map(series => judgeCalibration(ensemble, series, options));
  const mean = (of: (score: Calibration) => number) => meanOf(scores.map(of));
  const p95 = judgedLevels.indexOf(0.95);
  const lowest = scores.reduce((a, b) => ((b.below[p95] ?? 0) < (a.below[p95] ?? 0) ? b : a));
  const weeks = scores.flatMap(score => score.below95ByWeek);
  return [
    ...judgedLevels.flatMap((level, q) => [
      { measure: `P${100 * level}, mean coverage`, value: mean(({ below }) => below[q] ?? 0) },
      {
        measure: `  mean |coverage − ${level}| of the series`,
        value: mean(({ below }) => Math.abs((below[q] ?? 0) - level)),
        ...(q === p95 ? goals.deviation : {}),
      },
    ]),
    { measure: `P95, lowest series (${lowest.name})`, value: lowest.below[p95] ?? 0, ...goals.worst },
    {
      measure: `P95 by week, mean |coverage − 0.95|`,
      value: meanOf(weeks.map(w => Math.abs(w - 0.95))),
    },
    { measure: `  lowest of ${weeks.length} weeks`, value: Math.min(...weeks) },
    { measure: `P95, weighted quantile loss`, value: mean(({ wql95 }) => wql95) },
  ];
}

function m4Table(set: readonly NamedSeries[]): BenchmarkTable {
  const held = 48;
  const folds = set.flatMap(({ series }) => {
    const origin = series.start + (series.values.length - held) * 3_600_000;
    return backtest(ensemble, series, { origins: [origin], steps: held, levels: judgedLevels });
  });
  const figures = [0, 24].flatMap(from =>
    judgedLevels.map((level, q) => ({
      measure: `hours ${from + 1}–${from + 24} below P${100 * level}`,
      value: coverage(
        folds.flatMap(({ actual }) => actual.slice(from, from + 24)),
        folds.flatMap(({ forecast }) => forecast.quantiles[q]?.values.slice(from, from + 24) ?? []),
      ),
    })),
  );
  return { title: `M4 Hourly, even series (${set.length}), last 48 h`, figures };
}

function shiftTable(): BenchmarkTable {
  const { before, after } = judgeLevelShift(ensemble, madeUpHourlySeries());
  return {
    title: 'Made-up hourly series that double for good, P95 one hour ahead',
    figures: [
      { measure: 'coverage in the 24 h before', value: before },
      ...after.map((value, day) => ({
        measure: `coverage in hours ${24 * day + 1}–${24 * day + 24} after`,
        value,
        ...(day === 0 ? {} : { must: [0.92, 0.98] as const }),
      })),
    ],
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

import { ownValue } from '../api/names/own-value.ts';
import type { AnsweredSecond } from '../simulate/answer-times.ts';
import type { StepSeries } from '../simulate/step-series.ts';
import type { BandPoint, Chart, Point } from './chart.ts';
import { formatNumber } from './format-number.ts';
import { formatClock } from './local-time.ts';
import type { SaleReport } from './sale-report.ts';

const minuteMs = 60_000;

/**
 * The chart of forecast and actual demand at the entry point, with the capacity that the raised floor guarantees. The
 * README shows it.
 */
export function saleForecastChart(report: SaleReport, view = { before: 20 * minuteMs, after: 20 * minuteMs }): Chart {
  const { sale, forecast } = report;
  const service = report.services.find(one => one.name === forecast.service);
  const perReplica = service?.capacityPerReplica ?? 1;
  const seconds = ownValue(report.withHeadstart.seconds, forecast.service) ?? [];
  const peak = Math.max(...seconds.map(second => second.demand));
  const expected = Math.max(...forecast.points.map(point => point.p50));
  const from = sale.start - view.before;
  const until = sale.end + view.after;
  const inView = forecast.points.filter(point => point.t >= from && point.t <= until);
  return {
    id: 'forecast',
    title: `Forecast against actual: ${forecast.service}`,
    description: `The forecast made at ${formatClock(forecast.madeAt, sale.timeZone)} expected a peak of ${formatNumber(expected)} requests per second; the actual peak was ${formatNumber(peak)}. Before the sale began, the floor was raised to a capacity of ${formatNumber(highest(ownValue(report.withHeadstart.minReplicas, forecast.service)) * perReplica)}.`,
    timeZone: sale.timeZone,
    from,
    until,
    unit: 'requests per second',
    windows: [{ label: 'sale', start: sale.start, end: sale.end }],
    marks: [
      ...(sale.raisedAt === undefined
        ? []
        : [{ t: sale.raisedAt, label: `floor raised ${formatClock(sale.raisedAt, sale.timeZone)}` }]),
      { t: sale.start, label: `sale starts ${formatClock(sale.start, sale.timeZone)}` },
      { t: sale.end, label: `ends ${formatClock(sale.end, sale.timeZone)}` },
    ],
    layers: [
      {
        kind: 'Band',
        role: 'forecast',
        label: 'forecast, P50 to P95',
        points: inView.map(({ t, p50, p95 }): BandPoint => ({ t, low: p50, high: p95 })),
      },
      { kind: 'Line', role: 'forecast', label: 'P50', points: inView.map(({ t, p50 }) => ({ t, value: p50 })) },
      {
        kind: 'Steps',
        role: 'capacity',
        label: 'capacity of the floor',
        points: capacityOf(ownValue(report.withHeadstart.minReplicas, forecast.service) ?? [], perReplica, from),
      },
      { kind: 'Line', role: 'actual', label: 'actual demand', points: minutely(seconds) },
    ],
  };
}

/** The chart of needed and ready replicas of one service around the start of the sale, in each of the three runs. */
export function readinessChart(report: SaleReport, service: string): Chart {
  const { sale } = report;
  const own = ownValue(report.withHeadstart.seconds, service) ?? [];
  const alone = ownValue(report.hpaAlone.seconds, service) ?? [];
  const scheduled = ownValue(report.schedule.seconds, service) ?? [];
  const from = sale.start - 6 * minuteMs;
  const until = sale.start + 18 * minuteMs;
  const of = (seconds: readonly AnsweredSecond[], value: (second: AnsweredSecond) => number): readonly Point[] =>
    seconds.filter(({ t }) => t >= from && t <= until).map(second => ({ t: second.t, value: value(second) }));
  return {
    id: `ready-${service}`,
    title: `The first minutes: ${service}`,
    description: `Ready replicas of ${service} against the replicas its demand needed, with Headstart, with a schedule and with the HPA alone, from six minutes before the sale to eighteen minutes into it.`,
    timeZone: sale.timeZone,
    from,
    until,
    unit: 'replicas',
    windows: [{ label: 'sale', start: sale.start, end: sale.end }],
    marks: [{ t: sale.start, label: `sale starts ${formatClock(sale.start, sale.timeZone)}` }],
    layers: [
      {
        kind: 'Band',
        role: 'short',
        label: 'shortage, HPA alone',
        points: alone
          .filter(({ t }) => t >= from && t <= until)
          .map(({ t, need, ready }) => ({ t, low: Math.min(need, ready), high: need })),
      },
      { kind: 'Steps', role: 'schedule', label: 'ready, schedule', points: of(scheduled, second => second.ready) },
      { kind: 'Steps', role: 'rival', label: 'ready, HPA alone', points: of(alone, second => second.ready) },
      { kind: 'Steps', role: 'capacity', label: 'ready, with Headstart', points: of(own, second => second.ready) },
      { kind: 'Steps', role: 'actual', label: 'needed', points: of(own, second => second.need) },
    ],
  };
}

/** Means over whole minutes, as a dashboard would show them. */
function minutely(seconds: readonly AnsweredSecond[]): readonly Point[] {
  const minutes = Map.groupBy(seconds, second => Math.floor(second.t / minuteMs));
  return [...minutes].map(([minute, inside]) => ({
    t: (minute + 0.5) * minuteMs,
    value: inside.reduce((sum, second) => sum + second.demand, 0) / inside.length,
  }));
}

/** Converts a step series of replicas into requests per second, beginning at `from`. */
function capacityOf(replicas: StepSeries, perReplica: number, from: number): readonly Point[] {
  const before = replicas.findLast(change => change.t <= from);
  const inside = replicas.filter(change => change.t > from);
  return [...(before === undefined ? [] : [{ ...before, t: from }]), ...inside].map(({ t, value }) => ({
    t,
    value: value * perReplica,
  }));
}

function highest(series: StepSeries | undefined): number {
  return Math.max(0, ...(series ?? []).map(change => change.value));
}

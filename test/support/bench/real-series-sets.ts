import type { Series } from '../../../forecasts/index.ts';
import { readRealData, readRealSeries } from '../demand/real-data.ts';

export interface NamedSeries {
  readonly name: string;
  readonly series: Series;
}

const stepMs = 300_000;

/** Sixteen real series of requests, traffic and CPU, as means over five minutes; the ensemble was tuned on them. */
export function readFiveMinuteSeries(): readonly NamedSeries[] {
  return [
    read('worldcup98 before June 10', 'worldcup98/requests_1min.csv.gz', Date.UTC(1998, 5, 10)),
    read('nasa', 'nasa_http_1995/requests_1min.csv.gz'),
    ...[0, 1, 2, 3, 4, 5, 6, 7].map(i => read(`crane ${i}`, `crane_metrics/input0${i}.csv.gz`)),
    read('isp', 'isp_traffic/uk_academic_5min.csv'),
    ...['AAPL', 'AMZN', 'CRM'].map(ticker => read(`Twitter ${ticker}`, `nab/Twitter_volume_${ticker}.csv`)),
    read('ec2 CPU', 'nab/ec2_cpu_utilization_24ae8d.csv'),
    read('rds CPU', 'nab/rds_cpu_utilization_cc0c53.csv'),
  ];
}

/** Three coarser real series; no weight or gate was tuned on them, but the rule for short histories was. */
export function readGuardSeries(): readonly NamedSeries[] {
  return [
    { name: 'ga4 sessions, hourly', series: readRealSeries('ga4_website/sessions_1h.csv', 3600) },
    { name: 'Wikipedia page views, hourly', series: readRealSeries('wikipedia_hourly/pageviews_1h.csv', 3600) },
    { name: 'New York taxi trips, half-hourly', series: readRealSeries('nab/nyc_taxi.csv', 1800) },
  ];
}

/** The 414 hourly training series of the M4 competition by name ("H1"…); their real dates are unknown. */
export function readM4Hourly(): readonly NamedSeries[] {
  const values = new Map<string, number[]>();
  for (const row of readRealData('m4_hourly/train.csv.gz').trim().split('\n').slice(1)) {
    const [name = '', , value] = row.split(',');
    const list = values.get(name) ?? [];
    list.push(Number(value));
    values.set(name, list);
  }
  return [...values].map(([name, list]) => ({ name, series: { start: 0, stepSeconds: 3600, values: list } }));
}

function read(name: string, file: string, before = Number.POSITIVE_INFINITY): NamedSeries {
  const rows = readRealData(file)
    .trim()
    .split('\n')
    .slice(1)
    .map(row => [Date.parse(row.slice(0, row.indexOf(','))), row.slice(row.indexOf(',') + 1).trim()] as const)
    .filter(([time, text]) => time < before && text !== '');
  const start = Math.floor((rows[0]?.[0] ?? 0) / stepMs) * stepMs;
  const sums: number[] = [];
  const counts: number[] = [];
  for (const [time, text] of rows) {
    const step = Math.floor((time - start) / stepMs);
    sums[step] = (sums[step] ?? 0) + Number(text);
    counts[step] = (counts[step] ?? 0) + 1;
  }
  const values = Array.from({ length: sums.length }, (_, i) => (counts[i] ? (sums[i] ?? 0) / (counts[i] ?? 1) : null));
  return { name, series: { start, stepSeconds: 300, values } };
}

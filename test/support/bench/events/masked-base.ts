import { type Event, fitDemand, type Series, wape } from '../../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, monday, normalFrom, seededRandom } from '../../demand/made-up-demand.ts';
import { readRealSeries, realDataMissing } from '../../demand/real-data.ts';
import type { BenchmarkTable, Figure } from '../benchmark.ts';

const sales = 10;
const weeks = 3;

interface Case {
  readonly name: string;
  /** Series in steps of five minutes, without events. */
  readonly history: Series;
}

/** Error of the base after ten made-up sales in the three weeks before, relative to the error without them. */
export function judgeMasking(): BenchmarkTable {
  const ratios = [...madeUpCases(), ...(realDataMissing === undefined ? realCases() : [])].map(
    ({ name, history }, i) => ({
      measure: `${name}: error of the week after, ratio to the event-free twin`,
      value: ratioOf(history, i + 1),
    }),
  );
  const logs = ratios.map(({ value }) => Math.log(value));
  const figures: Figure[] = [
    ...ratios,
    {
      measure: 'geometric mean',
      value: Math.exp(logs.reduce((a, b) => a + b, 0) / logs.length),
      must: 1.02,
      stretch: 1.01,
    },
    { measure: 'worst', value: Math.max(...ratios.map(({ value }) => value)), must: 1.12, stretch: 1.05 },
  ];
  return { title: 'base after ten masked sales', figures };
}

function madeUpCases(): readonly Case[] {
  return [0.05, 0.2].map(noise => ({
    name: `made up, noise ${noise}`,
    history: madeUpDemand({ days: 35, stepSeconds: 300, noise, start: monday }),
  }));
}

function realCases(): readonly Case[] {
  const untilJune = (series: Series): Series => ({
    ...series,
    values: series.values.slice(0, Math.round((Date.UTC(1998, 5, 9) - series.start) / 300_000)),
  });
  return [
    { name: 'nasa', history: inFives(readRealSeries('nasa_http_1995/requests_1min.csv.gz', 60)) },
    { name: 'isp', history: readRealSeries('isp_traffic/uk_academic_5min.csv', 300) },
    { name: 'twitter AMZN', history: readRealSeries('nab/Twitter_volume_AMZN.csv', 300) },
    {
      name: 'worldcup before June 10',
      history: untilJune(inFives(readRealSeries('worldcup98/requests_1min.csv.gz', 60))),
    },
  ];
}

function ratioOf(history: Series, seed: number): number {
  const stepMs = history.stepSeconds * 1000;
  const week = Math.min((7 * dayMs) / stepMs, Math.floor(history.values.length / 5));
  const origins = [0.7, 0.8].map(share => history.start + Math.floor((history.values.length - week) * share) * stepMs);
  let masked = 0;
  let twin = 0;
  for (const origin of origins) {
    const events = drawSales(origin, seed);
    const known = (series: Series, past: readonly Event[]) => {
      const fitted = fitDemand(series, { now: origin, events: past });
      const errors = Array.from({ length: Math.floor((week * stepMs) / dayMs) }, (_, day) => {
        const from = origin + day * dayMs;
        const steps = dayMs / stepMs;
        const { base } = fitted.predict({ from, steps, levels: [], events: [] });
        const first = Math.round((from - history.start) / stepMs);
        return wape(
          history.values.slice(first, first + base.point.length),
          base.point.slice(0, history.values.length - first),
        );
      });
      return errors.reduce((sum, error) => sum + error, 0) / errors.length;
    };
    twin += known(history, []);
    masked += known(withSales(history, events, seed), events);
  }
  return masked / twin;
}

/** Made-up sales of ×3 to ×8 for one to four hours, at random times of the three weeks before `origin`. */
function drawSales(origin: number, seed: number): readonly Event[] {
  const random = seededRandom(seed);
  return Array.from({ length: sales }, (_, i) => {
    const start = origin - weeks * 7 * dayMs + ((i + random()) * (weeks * 7 * dayMs - 8 * hourMs)) / sales;
    const end = start + (1 + 3 * random()) * hourMs;
    return { id: `sale-${i}`, start, end, statedPeakRatio: 3 + 5 * random(), features: {} };
  });
}

function withSales(history: Series, events: readonly Event[], seed: number): Series {
  const normal = normalFrom(seededRandom(seed + 99));
  const values = history.values.map((value, i) => {
    const time = history.start + i * history.stepSeconds * 1000;
    if (value === null) return null;
    return events.reduce((demand, { start, end, statedPeakRatio = 1 }) => {
      if (time < start) return demand;
      const after = time < end ? 1 : Math.exp(-(time - end) / (15 * 60_000));
      return after < 0.01 ? demand : demand * Math.exp(Math.log(statedPeakRatio) * after * (0.8 + 0.1 * normal()));
    }, value);
  });
  return { ...history, values };
}

function inFives(series: Series): Series {
  const values = Array.from({ length: Math.floor(series.values.length / 5) }, (_, i) => {
    const known = series.values.slice(5 * i, 5 * i + 5).filter(value => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  return { start: series.start, stepSeconds: 300, values };
}

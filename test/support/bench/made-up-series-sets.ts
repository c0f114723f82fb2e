import { madeUpDemand } from '../demand/made-up-demand.ts';
import type { NamedSeries } from './real-series-sets.ts';

/** Twenty made-up shops with hourly steps, six weeks each, from low to high noise. */
export function madeUpHourlySeries(): readonly NamedSeries[] {
  return Array.from({ length: 20 }, (_, i) => ({
    name: `made-up ${i}`,
    series: madeUpDemand({ days: 42, stepSeconds: 3600, noise: 0.02 + 0.02 * i, seed: 100 + i }),
  }));
}

/** Four made-up shops with steps of five minutes, four weeks each, from low to high noise. */
export function madeUpFiveMinuteSeries(): readonly NamedSeries[] {
  return [0.03, 0.1, 0.3, 0.6].map((noise, i) => ({
    name: `made-up, noise ${noise}`,
    series: madeUpDemand({ days: 28, stepSeconds: 300, noise, seed: 200 + i }),
  }));
}

import { forecastHistory } from '../../../src/cli/forecast/forecast-history.ts';
import { formatForecasts } from '../../../src/cli/forecast/format-forecasts.ts';
import { dayMs, hourMs, madeUpDemand, monday } from '../demand/made-up-demand.ts';

/** What `headstart forecast -o svg` draws an hour before a made-up sale, five past ones known: SVG. */
export function renderSalePicture(): string {
  const events = [6, 10, 14, 18, 22, 25].map((day, i) => {
    const start = monday + day * dayMs + 18 * hourMs;
    return { id: `sale ${i + 1}`, start, end: start + 2 * hourMs, statedPeakRatio: 5, features: {} };
  });
  const peaks = [5.5, 4, 7, 5, 6, 5];
  const sales = events.map((event, i) => ({ event, peak: peaks[i] ?? 5 }));
  const now = monday + 25 * dayMs + 17 * hourMs;
  const history = madeUpDemand({ days: 26, stepSeconds: 60, noise: 0.08, sales });
  const known = { ...history, values: history.values.slice(0, (now - monday) / 60_000) };
  const input = { at: now, horizon: 6 * hourMs, quantiles: [0.05, 0.5, 0.95] };
  return formatForecasts([forecastHistory({ name: 'A made-up sale at 18:00', history: known }, events, input)], 'svg');
}

import { resample, type Series } from '../../../forecasts/index.ts';
import type { Point } from '../../report/chart.ts';

/** Largest number of points that fit side by side in a chart. */
const mostPoints = 900;
const roundSteps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440].map(minutes => minutes * 60);

/** The step in seconds for drawing `spanMs`: the series' own, or a coarser round one. */
export function chartStep(stepSeconds: number, spanMs: number): number {
  return roundStep(stepSeconds, spanMs, mostPoints);
}

/** The shortest round multiple of the series' step of which at most `most` cover the span; else the longest. */
export function roundStep(stepSeconds: number, spanMs: number, most: number): number {
  const fits = (step: number) => spanMs / 1000 / step <= most;
  if (fits(stepSeconds)) return stepSeconds;
  const steps = roundSteps.filter(step => step % stepSeconds === 0);
  return steps.find(fits) ?? steps.at(-1) ?? stepSeconds;
}

/** The highest value of each chart step, so that a thinned chart keeps its peaks. */
export function chartPoints(series: Series, stepSeconds: number): readonly Point[] {
  const thinned = resample(series, { stepSeconds, by: 'max' });
  return thinned.values.map((value, i) => ({ t: thinned.start + i * stepSeconds * 1000, value }));
}

/** The unit of the vertical axis, with the length of a chart step when the chart is thinned. */
export function chartUnit(stepSeconds: number, drawnSeconds: number): string {
  return drawnSeconds === stepSeconds
    ? 'requests per second'
    : `requests per second, the highest in ${formatStep(drawnSeconds)}`;
}

function formatStep(seconds: number): string {
  return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${seconds / 60} min`;
}

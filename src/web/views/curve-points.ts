import { type Curve, type Row, rowOf, timeOf } from '../../plan/demand/curve.ts';
import { floorLevel, medianLevel } from '../../plan/demand/levels.ts';
import type { ForecastPoint } from '../../report/html/time-columns.ts';

/** Most points of one chart: more are not seen on a screen. */
const mostPoints = 720;

/** Reads P50 and P95 of a curve by time; of steps that share a point, the highest. */
export function curvePoints(curve: Curve | undefined): readonly ForecastPoint[] {
  if (curve === undefined) return [];
  const stride = Math.max(1, Math.ceil(curve.steps / mostPoints));
  const [median, upper] = [rowOf(curve, medianLevel), rowOf(curve, floorLevel)];
  return Array.from({ length: Math.ceil(curve.steps / stride) }, (_, index) => {
    const step = index * stride;
    return { t: timeOf(curve, step), p50: highest(median, step, stride), p95: highest(upper, step, stride) };
  });
}

function highest(row: Row, from: number, count: number): number {
  let most = 0;
  for (let step = from; step < Math.min(row.length, from + count); step++) most = Math.max(most, row[step] ?? 0);
  return most;
}

import type { DemandForecast } from '../../../../forecasts/index.ts';
import type { Missing } from '../../../../src/api/missing.ts';
import { madeUpForecast } from './made-up-forecast.ts';

/** Forecasts kept at a time. */
const mostKept = 500;
const kept = new Map<string, DemandForecast | Missing>();

/**
 * The forecast of one given target in one window, made up once for the same input, as the operator keeps its own: looks
 * at one world mostly ask for the same.
 */
export function keptForecast(input: Parameters<typeof madeUpForecast>[0]): DemandForecast | Missing {
  const { window, target, events, stepSeconds } = input;
  const { forecast, night, adds, pastSales, notes } = target;
  const { start, end, levels } = window;
  const key = JSON.stringify([start, end, levels, forecast, night, adds, pastSales, notes, events, stepSeconds]);
  const before = kept.get(key);
  if (before !== undefined) return before;
  if (kept.size >= mostKept) kept.clear();
  const made = madeUpForecast(input);
  kept.set(key, made);
  return made;
}

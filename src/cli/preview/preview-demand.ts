import type { Series } from '../../../forecasts/index.ts';
import type { Missing } from '../../api/missing.ts';
import type { DemandObservation } from '../../observe/observation.ts';

/** The demand that a file's history shows of a target at `now` (epoch ms), or why there is none. */
export function demandOf(name: string, history: Series | undefined, now: number): DemandObservation | Missing {
  if (history === undefined) return { missing: `there is no history in ${name}.csv` };
  if (history.values.length === 0) return { missing: `${name}.csv begins later` };
  const { start, stepSeconds, values } = history;
  const from = Math.max(0, values.length - Math.ceil((2 * 3600) / stepSeconds));
  return {
    recent: { start: start + from * stepSeconds * 1000, stepSeconds, values: values.slice(from) },
    historyKey: name,
    ageSeconds: Math.max(0, (now - historyEnd(history)) / 1000),
    historySeconds: values.length * stepSeconds,
    source: `${name}.csv`,
  };
}

/** Cuts a history off at `now`, epoch ms. */
export function until(series: Series, now: number): Series {
  const steps = Math.max(0, Math.floor((now - series.start) / (series.stepSeconds * 1000)));
  return { ...series, values: series.values.slice(0, steps) };
}

/** The end of a history's last step, epoch ms. */
export function historyEnd({ start, stepSeconds, values }: Series): number {
  return start + values.length * stepSeconds * 1000;
}

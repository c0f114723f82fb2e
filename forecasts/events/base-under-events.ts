import type { Event } from '../event.ts';
import type { Forecast } from '../forecast.ts';
import { reachOf } from './event-clock.ts';

/** The steps to forecast. */
export interface ForecastSteps {
  /** Start of the first step, epoch ms. */
  readonly start: number;
  readonly stepMs: number;
  readonly steps: number;
}

/** Two forecasts of the same steps, each computed only when needed. */
export interface Bases {
  /** The base model's forecast, for steps without events. */
  readonly own: () => Forecast;
  /** The forecast of level × profile, for steps with events. */
  readonly calm: () => Forecast;
}

/**
 * The base that uplifts are added to: within the reach of an event level × profile (`calm`), elsewhere `own`. Uplifts
 * are learned as demand above level × profile, so adding them to another base would not be consistent.
 */
export function baseUnderEvents(grid: ForecastSteps, events: readonly Event[], bases: Bases): Forecast {
  const reach = reachOver(grid, events);
  if (reach.every(share => share === 0)) return bases.own();
  const eventBase = bases.calm();
  if (reach.every(share => share === 1)) return eventBase;
  const base = bases.own();
  const blend = (own: readonly number[], other: readonly number[]) =>
    own.map((value, i) => {
      const share = reach[i] as number;
      return share === 0 ? value : (1 - share) * value + share * (other[i] as number);
    });
  return {
    ...base,
    point: blend(base.point, eventBase.point),
    quantiles: base.quantiles.map(({ level, values }, q) => ({
      level,
      values: blend(values, eventBase.quantiles[q]?.values ?? values),
    })),
  };
}

/** Share (0–1) of the uplift per step, the largest over all events; see `reachOf`. */
function reachOver({ start, stepMs, steps }: ForecastSteps, events: readonly Event[]): Float64Array {
  const reach = new Float64Array(steps);
  for (const event of events)
    for (let i = 0; i < steps; i++) reach[i] = Math.max(reach[i] as number, reachOf(event, start + i * stepMs, stepMs));
  return reach;
}

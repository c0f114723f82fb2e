import type { Event } from '../event.ts';
import type { Forecast } from '../forecast.ts';
import { reachOf } from './event-clock.ts';

/** The steps that are asked for. */
export interface AskedSteps {
  /** Epoch ms of the first one. */
  readonly start: number;
  readonly stepMs: number;
  readonly steps: number;
}

/** Two forecasts of the steps asked for, of which only the one that counts is made. */
export interface Bases {
  readonly own: () => Forecast;
  readonly calm: () => Forecast;
}

/**
 * The base where events add to it: within their reach `calm`, level × profile, for uplifts are learned as what came
 * above that one, and a better guess of a day without events would be added to an uplift that was not measured on it.
 */
export function baseUnderEvents(asked: AskedSteps, events: readonly Event[], bases: Bases): Forecast {
  const reach = reachOver(asked, events);
  if (reach.every(share => share === 0)) return bases.own();
  const under = bases.calm();
  if (reach.every(share => share === 1)) return under;
  const base = bases.own();
  const blend = (own: readonly number[], other: readonly number[]) =>
    own.map((value, i) => {
      const share = reach[i] as number;
      return share === 0 ? value : (1 - share) * value + share * (other[i] as number);
    });
  return {
    ...base,
    point: blend(base.point, under.point),
    quantiles: base.quantiles.map(({ level, values }, q) => ({
      level,
      values: blend(values, under.quantiles[q]?.values ?? values),
    })),
  };
}

/** How much (0–1) each step belongs to an event. */
function reachOver({ start, stepMs, steps }: AskedSteps, events: readonly Event[]): Float64Array {
  const reach = new Float64Array(steps);
  for (const event of events)
    for (let i = 0; i < steps; i++) reach[i] = Math.max(reach[i] as number, reachOf(event, start + i * stepMs, stepMs));
  return reach;
}

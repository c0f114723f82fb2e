import type { Event } from '../event.ts';
import type { Forecast } from '../forecast.ts';
import { reachOf } from './event-clock.ts';

/**
 * The base where events add to it: within their reach `calm`, level × profile, for uplifts are learned as what came
 * above that one, and a better guess of a day without events would be added to an uplift that was not measured on it.
 */
export function baseUnderEvents(base: Forecast, events: readonly Event[], calm: () => Forecast): Forecast {
  const reach = base.point.map((_, i) => {
    const time = base.start + i * base.stepSeconds * 1000;
    return events.reduce((most, event) => Math.max(most, reachOf(event, time)), 0);
  });
  if (reach.every(share => share === 0)) return base;
  const under = calm();
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

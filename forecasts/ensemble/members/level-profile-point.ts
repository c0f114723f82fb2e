import { levelAhead } from '../../series/local-level.ts';
import type { PointModel } from '../point-model.ts';

/** Member: level × profile on the ensemble's grid. */
export const levelProfilePoint: PointModel = {
  name: 'level × profile',
  fit: history => known => {
    const { day, hour } = history.followLevels(known);
    const { stepMs, profileOver } = history;
    return (origin, steps) => {
      const profile = profileOver(origin + steps);
      const slow = origin > 0 ? day(origin - 1) : 0;
      const fast = origin > 0 ? hour(origin - 1) : 0;
      const forecast = new Float64Array(steps);
      for (let i = 0; i < steps; i++)
        forecast[i] = (profile[origin + i] as number) + levelAhead(slow, fast, (i + 1) * stepMs);
      return forecast;
    };
  },
};

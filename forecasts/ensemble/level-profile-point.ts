import { levelAhead } from '../local-level.ts';
import type { PointModel } from './point-model.ts';
import { residualLevels } from './residual-levels.ts';

/** Level × profile on the ensemble's grid. */
export const levelProfilePoint: PointModel = {
  name: 'level × profile',
  fit: history => known => {
    const { day, hour } = residualLevels(history, known);
    const { start, stepMs, profileAt } = history;
    return (origin, steps) => {
      const slow = day[origin - 1] ?? 0;
      const fast = hour[origin - 1] ?? 0;
      return Float64Array.from({ length: steps }, (_, i) => {
        return profileAt(start + (origin + i) * stepMs) + levelAhead(slow, fast, (i + 1) * stepMs);
      });
    };
  },
};

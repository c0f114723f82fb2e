import { lagSums } from '../lags/lag-sums.ts';
import type { PointModel } from '../point-model.ts';

/**
 * A member that reasons on the values themselves instead of their logarithms: sums where the others multiply. The same as
 * the member where values are negative, for then nobody takes logarithms.
 */
export function onRawScale(member: PointModel): PointModel {
  return {
    name: `${member.name}, raw`,
    fit: history => {
      const { from, to } = history.scale;
      const raw = history.scaled.map(from);
      const follow = member.fit({ ...history, scaled: raw, lagSums: lagSums(raw, [raw.length]) });
      return (
        follow &&
        (known => {
          const forecast = follow(known.map(from));
          return (origin, steps) => forecast(origin, steps).map(to);
        })
      );
    },
  };
}

import { lagSums } from '../lags/lag-sums.ts';
import type { PointModel } from '../point-model.ts';

/**
 * A member applied to the values instead of their logarithms: additive where the original is multiplicative. Equals the
 * original where values are negative, since the scale is then raw anyway.
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

import { expect, test } from 'vitest';
import { anchorColumn } from '../../../../forecasts/events/blend/anchor-column.ts';
import { blendEvents } from '../../../../forecasts/events/blend/blend-events.ts';
import { earlierShares } from '../../../../forecasts/events/blend/earlier-shares.ts';
import { eventRidge } from '../../../../forecasts/events/blend/event-ridge.ts';
import {
  type EventTraits,
  featureColumns,
  featureUses,
  traitsOf,
} from '../../../../forecasts/events/event-features.ts';
import { dayMs, hourMs, monday } from '../../../support/demand/made-up-demand.ts';

test('each past sale has the blend that it had as the one to come, of the earlier sales alone', () => {
  const traits = [10, 30, 20, 50, 10, 40].map((discount, i): EventTraits => {
    const start = monday + i * dayMs + (8 + i) * hourMs;
    return traitsOf({ id: `sale-${i}`, start, end: start + hourMs, features: { discount } }, []);
  });
  const recency = Float64Array.from(traits, (_, k) => 0.8 ** (traits.length - 1 - k));
  const columns = featureColumns(traits, featureUses(traits, traits[0] as EventTraits));
  const curves = traits.map(() => Float64Array.of(1));
  const prior = Float64Array.of(1);
  const found = earlierShares(traits, eventRidge({ columns, recency, curves, prior }), 1);
  traits.forEach((own, k) => {
    const earlier = columns.map(column => ({ ...column, values: column.values.slice(0, k) }));
    const known = recency.slice(0, k).map(weight => weight / (recency[Math.max(0, k - 1)] as number));
    const ridge = eventRidge({ columns: earlier, recency: known, curves: curves.slice(0, k), prior });
    const row = Float64Array.of(1, ...columns.map(({ values }) => values[k] as number));
    const anchor = new Float64Array(k + 1).fill(Number.NaN);
    const column = anchorColumn(ridge, anchor, row);
    const blend = blendEvents({ own, past: traits.slice(0, k), dayKinds: 1, ridge, row, anchor, column });
    expect(found.shares[k]).toHaveLength(k);
    blend.shares.forEach((share, j) => {
      expect(found.shares[k]?.[j]).toBeCloseTo(share, 10);
    });
    expect(found.prior[k]).toBeCloseTo(blend.prior, 10);
  });
});

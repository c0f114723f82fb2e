import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tiers } from '../../../src/api/tier.ts';
import { quantileByCost } from '../../../src/plan/cost/quantile-by-cost.ts';
import { costLevels } from '../../../src/plan/demand/levels.ts';

const settings = { numRuns: 300, seed: 20_261_127 };
const amounts = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e28, noNaN: true }), fc.constantFrom(1, 4, 60));
const inTier = fc.constantFrom(...tiers);

test.each([
  [undefined, 0.95, 0.95, 0.95],
  [0, 0.95, 0.9, 0.8],
  [1, 0.95, 0.9, 0.8],
  [5, 0.95, 0.9, 0.85],
  [11.3, 0.95, 0.925, 0.925],
  [60, 0.99, 0.99, 0.95],
  [1000, 0.995, 0.99, 0.95],
])('a loss of %s replica-hours gives %s, %s and %s by tier', (lossPerReplicaHour, ...levels) => {
  expect(tiers.map(tier => quantileByCost(tier, { replicaHour: 1, lossPerReplicaHour }))).toEqual(levels);
});

test.each([
  ['nothing costs anything', { replicaHour: 0, lossPerReplicaHour: 0 }, 0.95],
  ['replicas are free', { replicaHour: 0, lossPerReplicaHour: 1e-6 }, 0.995],
])('%s: %s gives %s at the checkout', (_, cost, level) => {
  expect(quantileByCost('Critical', cost)).toBe(level);
});

test('a loss that costs more, and a replica that costs less, never choose a lower level', () => {
  fc.assert(
    fc.property(inTier, amounts, amounts, amounts, (tier, replicaHour, loss, more) => {
      const level = quantileByCost(tier, { replicaHour, lossPerReplicaHour: loss });
      if (loss + replicaHour === 0) return;
      expect(quantileByCost(tier, { replicaHour, lossPerReplicaHour: loss + more })).toBeGreaterThanOrEqual(level);
      expect(quantileByCost(tier, { replicaHour: replicaHour / 2, lossPerReplicaHour: loss })).toBeGreaterThanOrEqual(
        loss === 0 && replicaHour === 0 ? 0 : level,
      );
    }),
    settings,
  );
});

test('every choice is a level that is forecast, and no lower tier is planned higher', () => {
  fc.assert(
    fc.property(amounts, amounts, (replicaHour, lossPerReplicaHour) => {
      const levels = tiers.map(tier => quantileByCost(tier, { replicaHour, lossPerReplicaHour }));
      for (const level of levels) expect(costLevels).toContain(level);
      expect(levels).toEqual(levels.toSorted((a, b) => b - a));
    }),
    settings,
  );
});

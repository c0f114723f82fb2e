import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { podsInRollout } from '../../../../src/api/limits/rollout-surge.ts';
import { tierRank, tiers } from '../../../../src/api/tier.ts';
import { type LimitClaim, shareLimit } from '../../../../src/plan/floor/replicas/share-limit.ts';

function claim(target: string, kept: number, wanted: number, more: Partial<LimitClaim> & { each?: number } = {}) {
  const { each = 1, ...rest } = more;
  return { target, tier: 'Standard' as const, kept, wanted, units: (replicas: number) => each * replicas, ...rest };
}

describe('shareLimit', () => {
  test.each<[string, number, readonly LimitClaim[], Record<string, number>]>([
    ['gives all when it suffices', 100, [claim('a', 4, 44), claim('b', 4, 24)], { a: 44, b: 24 }],
    ['gives each the same part of what it lacks', 40, [claim('a', 4, 44), claim('b', 4, 24)], { a: 26, b: 14 }],
    ['serves the critical first', 40, [claim('a', 4, 44, { tier: 'Critical' }), claim('b', 4, 24)], { a: 36, b: 4 }],
    ['keeps what exceeds it already', 40, [claim('a', 4, 4, { each: 20 }), claim('b', 4, 24)], { a: 4, b: 4 }],
    ['weighs what a replica uses', 160, [claim('a', 4, 24, { each: 10 }), claim('b', 4, 24)], { a: 14, b: 14 }],
    ['gives one more by name to equal parts', 11, [claim('b', 1, 11), claim('a', 1, 11)], { a: 6, b: 5 }],
    [
      'gives a lower tier nothing while a higher one pays, though it would fit',
      25,
      [claim('a', 1, 9, { tier: 'Critical', each: 10 }), claim('b', 1, 9, { tier: 'Background' })],
      { a: 2, b: 1 },
    ],
    ['serves nobody without claims', 5, [], {}],
  ])('%s', (_, total, claims, expected) => {
    expect(Object.fromEntries(shareLimit(claims, total))).toEqual(expected);
  });
});

const settings = { numRuns: 300, seed: 20_261_130 };

const claims = fc
  .array(
    fc.record({
      tier: fc.constantFrom(...tiers),
      kept: fc.integer({ min: 0, max: 30 }),
      more: fc.integer({ min: 0, max: 200 }),
      each: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.01, max: 20, noNaN: true })),
      maxSurge: fc.constantFrom<(number | string)[]>(0, 1, '25%', '100%'),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map(all =>
    all.map(({ tier, kept, more, each, maxSurge }, index): LimitClaim => {
      const units = (replicas: number) => each * podsInRollout(replicas, maxSurge);
      return { target: `t${index}`, tier, kept, wanted: kept + more, units };
    }),
  );
const totals = fc.integer({ min: 0, max: 8000 });

describe('a shared limit always', () => {
  test('leaves between what is kept and what is wanted, and no more than there is where that is not kept already', () => {
    fc.assert(
      fc.property(claims, totals, (all, total) => {
        const shares = shareLimit(all, total);
        const used = (of: (one: LimitClaim) => number) => all.reduce((sum, one) => sum + one.units(of(one)), 0);
        for (const one of all) {
          expect(shares.get(one.target)).toBeGreaterThanOrEqual(one.kept);
          expect(shares.get(one.target)).toBeLessThanOrEqual(one.wanted);
        }
        const given = used(({ target }) => shares.get(target) ?? 0);
        expect(given).toBeLessThanOrEqual(
          Math.max(
            total,
            used(({ kept }) => kept),
          ) + 1e-6,
        );
      }),
      settings,
    );
  });

  test('leaves no target less when there is more of it', () => {
    fc.assert(
      fc.property(claims, totals, fc.integer({ min: 0, max: 500 }), (all, total, more) => {
        const [less, greater] = [shareLimit(all, total), shareLimit(all, total + more)];
        for (const [target, share] of less) expect(greater.get(target)).toBeGreaterThanOrEqual(share);
      }),
      settings,
    );
  });

  test('leaves no target less when it wants more', () => {
    fc.assert(
      fc.property(claims, totals, fc.nat(7), fc.integer({ min: 1, max: 100 }), (all, total, nth, more) => {
        const wants = all.map((one, index) => (index === nth ? { ...one, wanted: one.wanted + more } : one));
        const target = `t${nth}`;
        const before = shareLimit(all, total).get(target) ?? 0;
        expect(shareLimit(wants, total).get(target) ?? 0).toBeGreaterThanOrEqual(before);
      }),
      settings,
    );
  });

  test('lets no higher tier pay before a lower one', () => {
    fc.assert(
      fc.property(claims, totals, (all, total) => {
        const shares = shareLimit(all, total);
        const paying = all.filter(({ target, wanted }) => (shares.get(target) ?? 0) < wanted);
        const highest = Math.min(...paying.map(({ tier }) => tierRank(tier)));
        for (const { target, tier, kept } of all) if (tierRank(tier) > highest) expect(shares.get(target)).toBe(kept);
      }),
      settings,
    );
  });

  test('is shared alike in any order', () => {
    fc.assert(
      fc.property(claims, totals, (all, total) => {
        const [straight, turned] = [all, all.toReversed()].map(one => Object.fromEntries(shareLimit(one, total)));
        expect(turned).toEqual(straight);
      }),
      settings,
    );
  });

  test('leaves no room in which the next replica of the tier that pays would fit, unless another is before it', () => {
    fc.assert(
      fc.property(claims, totals, (all, total) => {
        const shares = shareLimit(all, total);
        const paying = all.filter(({ target, wanted }) => (shares.get(target) ?? 0) < wanted);
        const highest = Math.min(...paying.map(({ tier }) => tierRank(tier)));
        const next = paying.filter(({ tier }) => tierRank(tier) === highest);
        const room = total - all.reduce((sum, { target, units }) => sum + units(shares.get(target) ?? 0), 0);
        const fits = next.filter(({ target, units }) => {
          const share = shares.get(target) ?? 0;
          return units(share + 1) - units(share) <= room - 1e-6;
        });
        if (next.length > 0) expect(fits.length).toBeLessThan(next.length);
      }),
      settings,
    );
  });
});

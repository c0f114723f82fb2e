import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planOf } from '../../../support/shop/apply-planned.ts';
import { eveningSale } from '../../../support/shop/evening-sale.ts';

/** The minimum of a target that rises from 4 to 29 in four minutes; all of it is due at 18:53:12 UTC. */
function minimumAt(now: string, { standing = 4, rampUp = { percentPerMinute: 25 } as object, more = {} } = {}) {
  const { plan } = planOf({
    now,
    sales: [eveningSale],
    targets: {
      gateway: {
        forecast: 30,
        spec: { entryPoint: true, rampUp, ...more },
        hpa: { minReplicas: standing, maxReplicas: 60, ...(standing > 4 ? { floor: standing, floorMax: 60 } : {}) },
      },
    },
  });
  return plan.targets[0]?.bounds.minReplicas;
}

describe('a target with rampUp', () => {
  test.each([
    ['is not raised before its ramp begins', '2026-11-27T18:50:00Z', 4],
    ['takes its first step then', '2026-11-27T18:50:20Z', 11],
    ['takes the second a minute later', '2026-11-27T18:51:20Z', 17],
    ['takes the third', '2026-11-27T18:52:20Z', 23],
    ['is raised in full readyBefore, the wave and its lead time before the start', '2026-11-27T18:53:20Z', 29],
    ['is raised in full at once where the sale is known late', '2026-11-27T18:59:00Z', 29],
  ])('%s', (_, now, replicas) => {
    expect(minimumAt(now)).toBe(replicas);
  });

  test('is raised in steps, where it states steps', () => {
    expect(minimumAt('2026-11-27T18:52:20Z', { rampUp: { steps: 5, everySeconds: 120 } })).toBe(24);
  });

  test('keeps what stands', () => {
    expect(minimumAt('2026-11-27T18:50:20Z', { standing: 20 })).toBe(20);
  });

  test('never has more than without it, nor less than what stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 580 }), fc.integer({ min: 4, max: 40 }), (seconds, standing) => {
        const now = new Date(Date.parse('2026-11-27T18:50:20Z') + seconds * 1000).toISOString();
        const climbed = minimumAt(now, { standing }) ?? 0;
        const stands = standing > 4 ? Math.min(standing, 29) : 4;
        expect(climbed).toBeGreaterThanOrEqual(stands);
        expect(climbed).toBeLessThanOrEqual(Math.max(29, standing));
      }),
      { numRuns: 60 },
    );
  });
});

test('the plan of a sale records the steps of the ramp', () => {
  const { plan } = planOf({
    now: '2026-11-26T12:00:00Z',
    sales: [eveningSale],
    targets: { gateway: { forecast: 30, spec: { entryPoint: true, rampUp: { percentPerMinute: 25 } } } },
  });
  const [sale] = plan.sales;
  expect(sale?.targets[0]?.steps.slice(0, 5).map(({ minReplicas }) => minReplicas)).toEqual([11, 17, 23, 29, 27]);
  expect(sale?.targets[0]?.steps[0]?.from).toBe(new Date(sale?.prescaleTime ?? 0).toISOString().replace('.000Z', 'Z'));
});

test('the ramp of a sale to come holds back nothing that a sale that runs needs', () => {
  const sale = (name: string, [startTime, endTime]: readonly [string, string], expectedPeakPercent: number) => ({
    name,
    startTime: `2026-11-27T${startTime}:00Z`,
    endTime: `2026-11-27T${endTime}:00Z`,
    expectedPeakPercent,
  });
  const running = sale('now', ['18:00', '18:40'], 600);
  const next = sale('next', ['19:05', '20:00'], 1600);
  const minimumWith = (sales: readonly (typeof running)[]) => {
    const gateway = { forecast: 30, spec: { entryPoint: true, rampUp: { percentPerMinute: 2 } } };
    return planOf({ now: '2026-11-27T18:12:00Z', sales, targets: { gateway } }).plan.targets[0]?.bounds.minReplicas;
  };
  const [alone, ahead, both] = [[running], [next], [running, next]].map(minimumWith);
  expect(alone).toBeGreaterThan(15);
  expect(ahead).toBeGreaterThan(4);
  expect(ahead).toBeLessThan(10);
  expect(both).toBe(alone);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant } from '../../../src/api/instant.ts';
import type { CacheDoubt } from '../../../src/observe/cache-doubt.ts';
import { describeOnlyRaises } from '../../../src/plan/accept/only-raises.ts';
import { applyPlanned, planOf } from '../../support/shop/apply-planned.ts';
import { type Given, observationOf } from '../../support/shop/planned-namespace.ts';
import { minutes, namespaces } from '../arbitrary-namespace.ts';

const doubts: readonly CacheDoubt[] = [{ kind: 'FlashSale', state: 'Stale' }];

const planDoubting = (given: Given) => planOf({ ...given, doubts });

describe('while a cache may be out of date', () => {
  test('bounds are raised as ever and never lowered, restored or released', () => {
    fc.assert(
      fc.property(namespaces, minutes(-180, 400), (given, later) => {
        const raised = applyPlanned(given, planOf(given).plan);
        const after = { ...raised, now: formatInstant(later) };
        const known = new Map(planOf(after).plan.targets.map(planned => [planned.target, planned]));
        const { observation, plan } = planDoubting(after);
        for (const { target, autoscalers } of observation.targets) {
          const planned = plan.targets.find(one => one.target === target.metadata.name);
          const [live] = autoscalers;
          const fresh = known.get(target.metadata.name);
          expect(planned?.action).not.toBe('Release');
          if (planned?.action === 'Write') {
            expect(planned.bounds.minReplicas).toBeGreaterThanOrEqual(live?.minReplicas ?? 0);
            expect(planned.bounds.maxReplicas).toBeGreaterThanOrEqual(live?.maxReplicas ?? 0);
          }
          if (fresh?.action === 'Write' && fresh.bounds.minReplicas > (live?.minReplicas ?? 0))
            expect(planned).toMatchObject({ action: 'Write', bounds: { minReplicas: fresh.bounds.minReplicas } });
        }
      }),
      { numRuns: 100, seed: 20_261_127 },
    );
  });

  test('each target says so, and a pause of its own that forbids more is told instead', () => {
    const given: Given = { now: '2026-11-27T19:30:00Z', targets: { a: {}, b: { spec: { paused: 'Up' } } } };
    const told = planDoubting(given).plan.targets.map(({ conditions }) =>
      conditions.find(({ type }) => type === 'Paused'),
    );
    expect(told).toMatchObject([
      { status: 'True', reason: 'CachesNotFresh', message: expect.stringContaining('FlashSale may be out of date') },
      { status: 'True', reason: 'PausedBoth' },
    ]);
  });
});

test('what was never read and what is stale are named apart; nothing is said of fresh caches', () => {
  const observation = observationOf({ now: '2026-11-27T19:30:00Z', targets: {} });
  expect(describeOnlyRaises(observation)).toBeUndefined();
  expect(describeOnlyRaises({ ...observation, doubts: [...doubts, { kind: 'SalePlan', state: 'Unread' }] })).toBe(
    'SalePlan cannot be read; FlashSale may be out of date by more than 90 s: bounds are raised by what is known and not lowered.',
  );
});

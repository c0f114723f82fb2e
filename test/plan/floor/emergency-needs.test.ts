import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant } from '../../../src/api/instant.ts';
import { applyPlanned, planOf } from '../../support/shop/apply-planned.ts';
import type { Given } from '../../support/shop/planned-namespace.ts';
import { evening, minutes, namespaces } from '../arbitrary-namespace.ts';

const settings = { numRuns: 60, seed: 20_261_127 };
const stating = (action: 'Ceiling' | 'Baseline') => ({
  emergency: { action, until: formatInstant(evening + 10_000 * 60_000), requestedBy: 'ann', reason: 'no cache' },
});

/** What a broken metric store and broken forecasts leave of a namespace. */
function broken(given: Given): Given {
  const missing = { missing: 'the metric store is down' };
  const targets = Object.entries(given.targets).map(([name, target]) => [
    name,
    { ...target, demand: missing, forecast: missing },
  ]);
  return { ...given, targets: Object.fromEntries(targets) };
}

describe('in an emergency', () => {
  test('Ceiling writes the same bounds with and without sales, metrics, forecasts and approvals, where no total binds', () => {
    fc.assert(
      fc.property(namespaces, given => {
        const policy = { maxReplicasPerTarget: given.policy?.maxReplicasPerTarget, ...stating('Ceiling') };
        const poor = { ...broken(given), sales: [], policy: { ...policy, approval: { aboveExtraReplicas: 0 } } };
        const [whole, bare] = [{ ...given, policy }, poor].map(one =>
          planOf(one)
            .plan.targets.filter(({ reason }) => reason !== 'ForecastOnly' && reason !== 'Baseline')
            .map(({ target, bounds, floor }) => ({ target, bounds, floor })),
        );
        expect(bare).toEqual(whole);
      }),
      settings,
    );
  });

  test('Ceiling raises at least what sales do, and no bound above its cap', () => {
    fc.assert(
      fc.property(namespaces, given => {
        const calm = planOf(given);
        const high = planOf({ ...given, policy: { ...given.policy, ...stating('Ceiling') } });
        for (const { target, bounds } of high.plan.targets) {
          const before = calm.plan.targets.find(one => one.target === target);
          const spec = high.observation.targets.find(one => one.target.metadata.name === target)?.target.spec;
          const cap = Math.max(spec?.baseline.maxReplicas ?? 0, spec?.ceiling ?? 0);
          expect(bounds.minReplicas).toBeGreaterThanOrEqual(before?.bounds.minReplicas ?? 0);
          expect(bounds.maxReplicas).toBeLessThanOrEqual(cap);
        }
      }),
      settings,
    );
  });

  test('Ceiling lowers nothing that stands for a sale', () => {
    fc.assert(
      fc.property(namespaces, given => {
        const calm = planOf(given).plan;
        const raised = applyPlanned(given, calm);
        const { plan } = planOf({ ...raised, policy: { ...given.policy, ...stating('Ceiling') } });
        for (const { target, bounds } of plan.targets) {
          const before = calm.targets.find(one => one.target === target);
          expect(bounds.minReplicas).toBeGreaterThanOrEqual(before?.bounds.minReplicas ?? 0);
        }
      }),
      settings,
    );
  });

  test('Baseline raises nothing, whatever was raised before it', () => {
    fc.assert(
      fc.property(namespaces, minutes(-180, 400), fc.boolean(), (given, later, isBroken) => {
        const raised = applyPlanned(given, planOf(given).plan);
        const state = isBroken ? broken(raised) : raised;
        const then = { ...state, now: formatInstant(later), policy: { ...given.policy, ...stating('Baseline') } };
        const { plan, observation } = planOf(then);
        for (const { target, bounds, action, floor } of plan.targets) {
          const observed = observation.targets.find(one => one.target.metadata.name === target);
          expect(floor).toBeUndefined();
          const { minReplicas } = observed?.target.spec.baseline ?? { minReplicas: 0 };
          if (action === 'Write') expect(bounds.minReplicas).toBe(minReplicas);
          else expect(observed?.autoscalers[0]?.floor).toBeUndefined();
        }
      }),
      settings,
    );
  });
});

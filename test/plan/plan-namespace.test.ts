import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPlanned, planOf } from '../support/shop/apply-planned.ts';
import { planObservation } from '../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../support/shop/planned-namespace.ts';
import { namespaces } from './arbitrary-namespace.ts';

/** Names that mean something to every object, or are as long as a name may be; each sorts as the one it stands for. */
const hostile = [
  ['gateway', 'constructor'],
  ['storefront', 'valueof'],
  ['checkout', 'a'.repeat(253)],
  ['payments', 'isprototypeof'],
] as const;

/** The same namespace under other names, sorted as before. */
function renamed(given: Given, names: readonly (readonly [string, string])[]): Given {
  const text = names.reduce((all, [from, to]) => all.replaceAll(`"${from}"`, `"${to}"`), JSON.stringify(given));
  return JSON.parse(text);
}

/** What is decided, without the words. */
function decisions(given: Given, names: readonly (readonly [string, string])[]) {
  const { plan } = planOf(given);
  const plain = new Map(names.map(([from, to]) => [to, from]));
  return plan.targets
    .map(({ target, bounds, action, reason }) => ({ target: plain.get(target) ?? target, bounds, action, reason }))
    .sort((a, b) => (a.target < b.target ? -1 : 1));
}

describe('the plan of a namespace', () => {
  test('is the same for targets with any name, before, in and after their sales', () => {
    fc.assert(
      fc.property(namespaces, given => {
        // With a total the order of the names shares it out.
        const { policy: _, ...free } = given;
        expect(decisions(renamed(free, hostile), hostile)).toEqual(decisions(free, []));
        const raised = applyPlanned(free, planOf(free).plan);
        expect(decisions(renamed(raised, hostile), hostile)).toEqual(decisions(raised, []));
      }),
      { numRuns: 30, seed: 20_261_127 },
    );
  });

  test('takes nothing that an object inherits for the forecast of a target that no sale reaches', () => {
    const sale = {
      name: 'drop',
      startTime: '2026-11-27T19:00:00Z',
      endTime: '2026-11-27T21:00:00Z',
      expectedPeakPercent: 300,
      entryPoints: ['gateway'],
    };
    const given: Given = { now: '2026-11-27T19:30:00Z', sales: [sale], targets: { constructor: {}, gateway: {} } };
    const observation = observationOf(given);
    const reached = Object.entries(forecastsOf(given, observation)).map(([id, { gateway }]) => [id, { gateway }]);
    const { targets } = planObservation(observation, Object.fromEntries(reached));
    expect(targets.map(({ target, action }) => `${target}: ${action}`)).toEqual([
      'constructor: Hold',
      'gateway: Write',
    ]);
  });
});

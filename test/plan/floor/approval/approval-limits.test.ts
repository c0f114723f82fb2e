import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant, parseInstant } from '../../../../src/api/instant.ts';
import type { Plan } from '../../../../src/plan/plan.ts';
import { applyPlanned, planOf } from '../../../support/shop/apply-planned.ts';
import type { Given } from '../../../support/shop/planned-namespace.ts';
import { evening, minutes, namespaces } from '../../arbitrary-namespace.ts';

const settings = { numRuns: 60, seed: 20_261_127 };

/** A policy that asks for approval, beside what the namespace has. */
const asking = fc.record(
  {
    abovePeakPercent: fc.integer({ min: 100, max: 3000 }),
    aboveExtraReplicas: fc.integer({ min: 0, max: 200 }),
  },
  { requiredKeys: ['aboveExtraReplicas'] },
);

/** An approval of each sale: how many replicas of each target, and for how many minutes from the evening on. */
const approving = fc.record({
  replicas: fc.integer({ min: 1, max: 200 }),
  untilMinutes: fc.integer({ min: -200, max: 400 }),
  sales: fc.subarray(['one', 'two', 'three']),
});

function withoutOrdinaryPeaks(given: Given): Given {
  const targets = Object.entries(given.targets).map(([name, target]) => [
    name,
    { ...target, spec: { ...target?.spec, ordinaryPeaks: false } },
  ]);
  return { ...given, targets: Object.fromEntries(targets) };
}

function approved(
  given: Given,
  {
    replicas,
    untilMinutes,
    sales,
  }: { readonly replicas: number; readonly untilMinutes: number; readonly sales: readonly string[] },
): Given {
  const upTo = Object.fromEntries(Object.keys(given.targets).map(name => [name, replicas]));
  const until = formatInstant(evening + untilMinutes * 60_000);
  return { ...given, approvals: Object.fromEntries(sales.map(name => [name, { until, upTo }])) };
}

/** Minimums that are written, by target, of a plan from a namespace where nothing stands. */
function minimums(plan: Plan): ReadonlyMap<string, number> {
  return new Map(
    plan.targets.flatMap(({ target, action, floor }) =>
      action === 'Write' && floor !== undefined ? [[target, floor] as const] : [],
    ),
  );
}

describe('a policy that asks for approval', () => {
  test('lets no more than aboveExtraReplicas be added without one', () => {
    fc.assert(
      fc.property(namespaces, asking, (any, approval) => {
        const given = { ...withoutOrdinaryPeaks(any), policy: { approval } };
        const { plan, observation } = planOf(given);
        const raised = minimums(plan);
        const extra = observation.targets.map(({ target: { metadata, spec } }) =>
          Math.max(0, (raised.get(metadata.name) ?? 0) - spec.baseline.minReplicas),
        );
        expect(extra.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(approval.aboveExtraReplicas);
      }),
      settings,
    );
  });

  test('raises never more than no policy, and no bound above what is approved or needs no approval', () => {
    fc.assert(
      fc.property(namespaces, asking, approving, (any, approval, approvals) => {
        const free = { ...withoutOrdinaryPeaks(any), policy: {} };
        const given = approved({ ...free, policy: { approval } }, approvals);
        const [without, unapproved, asked] = [free, { ...given, approvals: {} }, given].map(one =>
          minimums(planOf(one).plan),
        );
        const { baseline } = { baseline: baselines(given) };
        for (const [name, floor] of asked ?? []) {
          expect(floor).toBeLessThanOrEqual(without?.get(name) ?? 0);
          const allowed = Math.max(unapproved?.get(name) ?? 0, approvals.replicas, baseline.get(name) ?? 0);
          expect(floor).toBeLessThanOrEqual(allowed);
        }
        for (const [name, floor] of unapproved ?? []) expect(asked?.get(name) ?? 0).toBeGreaterThanOrEqual(floor);
      }),
      settings,
    );
  });

  test('counts no approval without its guard: as if none were given', () => {
    fc.assert(
      fc.property(namespaces, asking, approving, (any, approval, approvals) => {
        const given = { ...any, policy: { approval } };
        const unguarded = { ...approved(given, approvals), approvalGuard: { missing: 'there is no guard' } };
        expect(minimums(planOf(unguarded).plan)).toEqual(minimums(planOf(given).plan));
      }),
      settings,
    );
  });

  test('lowers nothing that stands when an approval is withdrawn, its guard is gone, or the policy begins to ask', () => {
    fc.assert(
      fc.property(namespaces, asking, minutes(-180, 400), (given, approval, later) => {
        const raised = applyPlanned({ ...given, policy: {} }, planOf({ ...given, policy: {} }).plan);
        const then = { ...raised, now: formatInstant(Math.max(later, parseInstant(given.now))) };
        const [before, after] = [{}, { approval }].map(policy => applyPlanned(then, planOf({ ...then, policy }).plan));
        for (const [name, target] of Object.entries(after?.targets ?? {})) {
          const [live, free, stands] = [target, before?.targets[name], then.targets[name]].map(
            one => (one?.hpa as { readonly minReplicas?: number } | undefined)?.minReplicas ?? 0,
          );
          expect(live).toBeGreaterThanOrEqual(Math.min(free ?? 0, stands ?? 0));
        }
      }),
      settings,
    );
  });
});

function baselines(given: Given): ReadonlyMap<string, number> {
  const { observation } = planOf(given);
  return new Map(
    observation.targets.map(({ target: { metadata, spec } }) => [metadata.name, spec.baseline.minReplicas]),
  );
}

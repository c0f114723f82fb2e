import type { FurtherTarget, PlannedTarget, SalePlanPlan } from '../sale-plan.ts';

type RecordedTarget = Pick<PlannedTarget, 'target' | 'steps'>;
const recorded = new WeakMap<SalePlanPlan, readonly RecordedTarget[]>();

/**
 * Lists all targets that a recorded plan states bounds of, with their steps; one step, the highest bounds, of those
 * that the list of full plans has no room for.
 */
export function recordedTargets(plan: SalePlanPlan | undefined): readonly RecordedTarget[] {
  if (plan?.furtherTargets === undefined) return plan?.targets ?? [];
  const { targets, furtherTargets, prescaleTime } = plan;
  const inShort = ({ target, minReplicas, maxReplicas }: FurtherTarget): RecordedTarget => ({
    target,
    steps: [{ from: prescaleTime, minReplicas, maxReplicas }],
  });
  const all = recorded.get(plan) ?? [...targets, ...furtherTargets.map(inShort)];
  recorded.set(plan, all);
  return all;
}

/** The highest bounds of a target over the sale, in replicas. */
export function highestBounds({ steps }: Pick<PlannedTarget, 'steps'>): {
  readonly minReplicas: number;
  readonly maxReplicas: number;
} {
  return {
    minReplicas: Math.max(1, ...steps.map(step => step.minReplicas)),
    maxReplicas: Math.max(1, ...steps.map(step => step.maxReplicas)),
  };
}

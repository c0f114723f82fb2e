import { describeBoundsChange } from './bounds/describe-bounds-change.ts';
import { planTarget } from './bounds/plan-target.ts';
import type { TargetDecision } from './bounds/target-decision.ts';
import { targetConditions } from './conditions/target-conditions.ts';
import type { DesiredFloor } from './floor/desired-floor.ts';
import { expectedDemand } from './floor/expected-demand.ts';
import type { NamespaceFloors } from './floor/namespace-floors.ts';
import type { TargetPlan } from './plan.ts';

/** Plans one target: raise, hold, restore or release, with its conditions. */
export function targetPlan(
  desired: DesiredFloor,
  { observation, accepted, sales }: Pick<NamespaceFloors, 'observation' | 'accepted' | 'sales'>,
): TargetPlan {
  const decision = planTarget(desired, observation);
  return {
    ...describeDecision(desired, decision, expectedDemand(desired.name, sales, observation.now)),
    conditions: targetConditions(desired, decision, observation.limits, accepted),
  };
}

function describeDecision(
  desired: DesiredFloor,
  decision: TargetDecision,
  expected: TargetPlan['expected'],
): Omit<TargetPlan, 'conditions'> {
  const { name, scaler } = desired;
  const { bounds, replicas, action, floor, floorMax, reason, because } = decision;
  const change = describeBoundsChange(desired, decision);
  return {
    target: name,
    ...(scaler?.kind === 'Autoscaler' ? { autoscaler: scaler.name } : {}),
    bounds,
    ...(replicas === undefined ? {} : { replicas }),
    action,
    ...(floor === undefined ? {} : { floor }),
    ...(floorMax === undefined ? {} : { floorMax }),
    reason,
    ...(expected === undefined ? {} : { expected }),
    because,
    ...(change === undefined ? {} : { change }),
  };
}

import { isLetGo } from './accept/target-standing.ts';
import { describeBoundsChange } from './bounds/describe-bounds-change.ts';
import { describeStrays } from './bounds/plan-strays.ts';
import { planTarget } from './bounds/plan-target.ts';
import type { TargetDecision } from './bounds/target-decision.ts';
import { targetConditions } from './conditions/target-conditions.ts';
import type { DesiredFloor } from './floor/desired-floor.ts';
import { expectedDemand } from './floor/expected-demand.ts';
import type { NamespaceFloors } from './floor/namespace-floors.ts';
import type { StrayPlan, TargetPlan } from './plan.ts';

/** Plans one target: raise, hold, restore or release, with its conditions. */
export function targetPlan(
  desired: DesiredFloor,
  { observation, accepted, sales }: Pick<NamespaceFloors, 'observation' | 'accepted' | 'sales'>,
  /** Objects that it raised and refers to no longer. */
  strays: readonly StrayPlan[] = [],
): TargetPlan {
  const decision = withStrays(planTarget(desired, observation), desired, strays);
  return {
    ...describeDecision(desired, decision, expectedDemand(desired.name, sales, observation.now)),
    conditions: targetConditions(desired, decision, observation, accepted),
  };
}

/** Keeps the finalizer of a target while one of its strays is not restored, and says what it waits for. */
function withStrays(decision: TargetDecision, { name, observed }: DesiredFloor, strays: readonly StrayPlan[]) {
  const own = strays.filter(({ plan }) => plan.target === name);
  if (own.length === 0 || isLetGo(observed.target)) return decision;
  const action = decision.action === 'Release' ? ('Hold' as const) : decision.action;
  const told = describeStrays(name, own);
  return { ...decision, action, ...(told === undefined ? {} : { waitsFor: decision.waitsFor ?? told, strays: told }) };
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

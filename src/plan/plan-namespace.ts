import { policyName } from '../api/scaling-policy.ts';
import type { Observation, TargetObservation } from '../observe/observation.ts';
import { type CallGraph, callGraph } from './accept/call-graph.ts';
import type { Refusal } from './accept/refusal.ts';
import { refusePolicy } from './accept/refuse-policy.ts';
import { refuseTarget } from './accept/refuse-target.ts';
import { isDueOrAhead, type Occurrence, saleOccurrences } from './accept/sale-occurrences.ts';
import { targetStanding } from './accept/target-standing.ts';
import { planTarget } from './bounds/plan-target.ts';
import type { TargetDecision } from './bounds/target-decision.ts';
import { condition, sentenceOf } from './condition.ts';
import { outlookPast, outlookSale } from './conditions/outlook-sale.ts';
import { pastSaleConditions, refusedConditions, saleConditions } from './conditions/sale-conditions.ts';
import { saleReadiness } from './conditions/sale-readiness.ts';
import { saleRisks } from './conditions/sale-risks.ts';
import { targetConditions } from './conditions/target-conditions.ts';
import type { DemandForecasts } from './demand/demand-forecasts.ts';
import { aheadWindow } from './demand/plan-forecast-windows.ts';
import { type DesiredFloor, desiredFloors } from './floor/desired-floor.ts';
import { expectedDemand } from './floor/expected-demand.ts';
import { totalOf } from './floor/replicas/keep-total.ts';
import { replicaChain, replicaRules } from './floor/replicas/replica-chain.ts';
import type { ReplicaRule } from './floor/replicas/replica-rule.ts';
import { scheduleSales } from './floor/schedule-sales.ts';
import { nextReconcile } from './next-reconcile.ts';
import type { ObjectConditions, Plan, SaleOutlook, TargetPlan } from './plan.ts';

/**
 * What should hold in a namespace now, and why. A function of its arguments alone: a restart at any time changes no
 * byte, and any way to the same state gives the same plan.
 *
 *   accept      which objects can be served; who cannot is told, and hurts nobody else
 *   schedule    what each sale needs of each target, and from when on
 *   floor       what must hold now, by the law of the floor, within caps and the namespace's total
 *   decide      raise, hold, restore or release, target by target
 *   tell        the same in words, for targets, sales, policy and whatever could not be read
 */
export function planNamespace(
  observed: Observation,
  forecasts: DemandForecasts,
  /** From need to replicas, in this order. */
  rules: readonly ReplicaRule[] = replicaRules,
): Plan {
  const observation = { ...observed, targets: observed.targets.toSorted(byName) };
  const { now, namespace, policy, limits } = observation;
  const graph = callGraph(observation.targets);
  const { occurrences, refused: refusedSales } = saleOccurrences(observation, graph);
  const refused = refusedTargets(observation, graph);
  const heldBy = refusePolicy(observation);

  const standings = observation.targets.map(target =>
    targetStanding({
      observed: target,
      observation,
      graph,
      refusal: refused.get(target.target.metadata.name),
      held: heldBy?.paused ?? 'None',
    }),
  );
  const chain = replicaChain(standings, observation, rules);
  const sales = scheduleSales({ observation, graph, occurrences, forecasts, refused, chain });
  const ahead = forecasts[aheadWindow] ?? {};
  const floors = desiredFloors({ standings, observation, sales, ahead, chain });
  const past = occurrences.filter(occurrence => !isDueOrAhead(occurrence, now)).map(pastOutlook);
  const decided = floors.map(desired => ({ desired, decision: planTarget(desired, observation) }));
  const total = totalOf(policy, limits);

  return {
    now,
    namespace,
    targets: decided.map(({ desired, decision }) => ({
      ...targetPlan(desired, decision, expectedDemand(desired.name, sales, now)),
      conditions: targetConditions(desired, decision, limits, heldBy?.message),
    })),
    sales: [
      ...past,
      ...sales.map((sale): SaleOutlook => {
        const outlook = outlookSale({
          sale,
          desiredFloors: floors,
          chain,
          limits,
          now,
          risks: saleRisks({ sale, desiredFloors: floors, total }),
        });
        const readiness = saleReadiness({ sale, desiredFloors: floors, chain, now });
        return {
          ...outlook,
          conditions: saleConditions({
            sale,
            outlook,
            readiness,
            now,
            heldBy: heldBy?.paused === 'Both' ? heldBy.message : undefined,
          }),
        };
      }),
    ],
    others: otherStatements(observation, occurrences, refusedSales, heldBy),
    next: nextReconcile(observation, sales, floors, past),
  };
}

function byName(a: TargetObservation, b: TargetObservation): number {
  return a.target.metadata.name < b.target.metadata.name ? -1 : 1;
}

function refusedTargets({ targets }: Observation, graph: CallGraph): ReadonlyMap<string, Refusal> {
  return new Map(
    targets.flatMap((observed): [string, Refusal][] => {
      const refusal = refuseTarget(observed, graph);
      return refusal === undefined ? [] : [[observed.target.metadata.name, refusal]];
    }),
  );
}

function targetPlan(
  { name, scaler }: DesiredFloor,
  { bounds, replicas, action, floor, floorMax, reason, because }: TargetDecision,
  expected: TargetPlan['expected'],
): Omit<TargetPlan, 'conditions'> {
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
  };
}

/** A sale that was deleted has nobody left to be told. */
function pastOutlook(occurrence: Occurrence): SaleOutlook {
  const outlook = outlookPast(occurrence);
  return { ...outlook, conditions: occurrence.calledOff === 'Deleted' ? [] : pastSaleConditions(occurrence, outlook) };
}

function otherStatements(
  observation: Observation,
  occurrences: readonly Occurrence[],
  refusedSales: ReadonlyMap<string, Refusal>,
  heldBy: Refusal | undefined,
): readonly ObjectConditions[] {
  const standing = new Set(occurrences.filter(({ refusal }) => refusal !== undefined).map(({ sale }) => sale));
  const refused = [...refusedSales]
    .filter(([name]) => !standing.has(name))
    .map(([name, refusal]): ObjectConditions => ({ kind: 'FlashSale', name, conditions: refusedConditions(refusal) }));
  const unreadable = observation.unreadable
    .filter(({ kind }) => kind === 'ScalingTarget' || kind === 'SalePlan')
    .map(({ kind, name, message }) => ({
      kind,
      name,
      conditions: refusedConditions({ reason: 'Invalid', message: sentenceOf(message) }),
    }));
  const accepted = condition('Accepted', 'True', 'Accepted', 'The policy is in force.');
  const policy: ObjectConditions = {
    kind: 'ScalingPolicy',
    name: policyName,
    conditions: heldBy === undefined ? [accepted, { ...accepted, type: 'Ready' }] : refusedConditions(heldBy),
  };
  return [...refused, ...unreadable, policy];
}

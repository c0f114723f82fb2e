import { policyName } from '../api/scaling-policy.ts';
import type { Observation, TargetObservation } from '../observe/observation.ts';
import { type CallGraph, callGraph } from './accept/call-graph.ts';
import type { Refusal } from './accept/refusal.ts';
import { refusePolicy } from './accept/refuse-policy.ts';
import { refuseTarget } from './accept/refuse-target.ts';
import { isDueOrAhead, type Occurrence, saleOccurrences } from './accept/sale-occurrences.ts';
import { describeChange } from './bounds/describe-change.ts';
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
import { type DesiredFloor, desiredFloor } from './floor/desired-floor.ts';
import { expectedDemand } from './floor/expected-demand.ts';
import { scheduleSales } from './floor/schedule-sales.ts';
import { shareNamespace } from './floor/share-namespace.ts';
import { nextReconcile } from './next-reconcile.ts';
import type { ObjectConditions, Plan, SaleOutlook, TargetPlan } from './plan.ts';

/**
 * What should hold in a namespace now, and why. A function of its two arguments alone: a restart at any time changes no
 * byte, and any way to the same state gives the same plan.
 *
 *   accept      which objects can be served; who cannot is told, and hurts nobody else
 *   schedule    what each sale needs of each target, and from when on
 *   floor       what must hold now, by the law of the floor, within each target's caps
 *   share       what the namespace's total leaves of it
 *   decide      raise, hold, restore or release, target by target
 *   tell        the same in words, for targets, sales, policy and whatever could not be read
 */
export function planNamespace(observed: Observation, forecasts: DemandForecasts): Plan {
  const observation = { ...observed, targets: observed.targets.toSorted(byName) };
  const { now, namespace, limits } = observation;
  const graph = callGraph(observation.targets);
  const { occurrences, refused: refusedSales } = saleOccurrences(observation, graph);
  const refused = refusedTargets(observation, graph);
  const heldBy = refusePolicy(observation);

  const sales = scheduleSales({ observation, graph, occurrences, forecasts, refused });

  const desiredFloors = observation.targets.map(target =>
    desiredFloor({
      observed: target,
      observation,
      sales,
      ahead: forecasts[aheadWindow]?.[target.target.metadata.name],
      graph,
      refusal: refused.get(target.target.metadata.name),
      held: heldBy?.paused ?? 'None',
    }),
  );
  const share = shareNamespace(desiredFloors, observation);
  const past = occurrences.filter(occurrence => !isDueOrAhead(occurrence, now)).map(pastOutlook);
  const decided = desiredFloors.map(desired => ({ desired, decision: planTarget(desired, share, observation) }));

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
          desiredFloors,
          limits,
          now,
          risks: saleRisks({ sale, desiredFloors, share }),
        });
        const readiness = saleReadiness(sale, desiredFloors, share, now);
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
    next: nextReconcile(observation, sales, desiredFloors, past),
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
  desired: DesiredFloor,
  decision: TargetDecision,
  expected: TargetPlan['expected'],
): Omit<TargetPlan, 'conditions'> {
  const { name, scaler } = desired;
  const { bounds, replicas, action, floor, floorMax, reason, because } = decision;
  const change = describeChange(desired, decision);
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

import type { Observation, TargetObservation } from '../../observe/observation.ts';
import type { AcceptedNamespace } from '../accept/accept-namespace.ts';
import { mayRaise, standingReplicas, type TargetStanding, targetStanding } from '../accept/target-standing.ts';
import type { DemandForecasts } from '../demand/demand-forecasts.ts';
import { aheadWindow } from '../demand/plan-forecast-windows.ts';
import { approvalLimits } from './approval/approval-limits.ts';
import { type SaleApproval, saleApprovals } from './approval/sale-approval.ts';
import { type DesiredFloor, type FloorContext, floorNeeds, floorsFrom } from './desired-floor.ts';
import { totalOf } from './replicas/keep-total.ts';
import { replicaChain, replicaRules } from './replicas/replica-chain.ts';
import type { ApprovalLimit, NamespaceTotal, ReplicaRule, TargetNeeds } from './replicas/replica-rule.ts';
import { countedSales, scheduleSales } from './schedule-sales.ts';

/** Input for a namespace's floors. */
export interface FloorsInput {
  readonly observation: Observation;
  readonly accepted: AcceptedNamespace;
  readonly forecasts: DemandForecasts;
  /** Rules from need to replicas, in order of application. @default replicaRules */
  readonly rules?: readonly ReplicaRule[];
  /** Names of the SalePlans whose sales are planned, those that are over included. @default all */
  readonly only?: ReadonlySet<string> | undefined;
}

/** The needs of each target of a namespace now, and what all limits leave of them. */
export interface NamespaceFloors extends FloorsInput, FloorContext {
  readonly standings: readonly TargetStanding[];
  /** Needs before any rule, by target name. */
  readonly needs: ReadonlyMap<string, TargetNeeds>;
  /** By target name. */
  readonly desiredFloors: readonly DesiredFloor[];
  readonly total: NamespaceTotal;
  /** What each sale asks approval for, by SalePlan; empty where the policy asks for none. */
  readonly approvals: ReadonlyMap<string, SaleApproval>;
  /** What of each target is approved now, by name; absent while nothing due asks for approval. */
  readonly approved?: ReadonlyMap<string, ApprovalLimit>;
}

/**
 * Computes when each sale is due, and the floor of every target by the law of the floor, its limits and the namespace's
 * total.
 */
export function namespaceFloors(input: FloorsInput): NamespaceFloors {
  const { accepted, forecasts, rules = replicaRules, only } = input;
  const observation = { ...input.observation, targets: input.observation.targets.toSorted(byName) };
  const { graph, occurrences, refusedTargets: refused } = accepted;
  const standings = observation.targets.map(target => standingOf(target, { observation, accepted }));
  const chain = replicaChain(standings, observation, rules);
  const sales = scheduleSales({ observation, graph, occurrences, forecasts, refused, chain, only });
  const counted = countedSales(occurrences, observation);
  const approvals = saleApprovals({ observation, sales, counted, chain });
  const limits = approvalLimits(observation, approvals, chain);
  const approved = limits === undefined ? {} : { approved: limits };
  const context: FloorContext = { observation, sales, ahead: forecasts[aheadWindow] ?? {}, chain, ...approved };
  const needs = new Map(standings.flatMap(standing => needEntry(standing, context)));
  const total = totalOf(observation.policy, observation.limits);
  const desiredFloors = floorsFrom(standings, chain.run(needs, { total, ...approved }), context);
  return { ...context, accepted, forecasts, rules, only, standings, needs, desiredFloors, total, approvals };
}

/**
 * Updates the floors with the present state of one target: only its own floor is computed again. The replicas granted
 * to the others stay reserved, because they may have been written since.
 */
export function withTarget(floors: NamespaceFloors, observed: TargetObservation): NamespaceFloors {
  const { observation, rules = replicaRules, total } = floors;
  const standing = standingOf(observed, floors);
  const isOther = ({ name }: { readonly name: string }) => name !== standing.name;
  const standings = floors.standings.map(one => (isOther(one) ? one : standing));
  const chain = replicaChain(standings, observation, rules);
  const context: FloorContext = { ...floors, chain };
  const needs = new Map([...floors.needs].filter(([name]) => name !== standing.name));
  for (const [name, need] of needEntry(standing, context)) needs.set(name, need);
  const granted = new Map([[standing.name, mostOf(standing, floors)]]);
  const { approved } = floors;
  const replicas = chain.run(needs, { total, granted, ...(approved === undefined ? {} : { approved }) });
  const [desired] = floorsFrom([standing], replicas, context);
  const desiredFloors = floors.desiredFloors.map(one => (isOther(one) || desired === undefined ? one : desired));
  return { ...floors, chain, standings, needs, desiredFloors };
}

/** The most of the total that one target may have while the others keep their granted or live replicas. */
function mostOf(standing: TargetStanding, { desiredFloors, total }: NamespaceFloors): number {
  const grantedTo = (floor: DesiredFloor) => (mayRaise(floor) ? (floor.replicas ?? 0) : 0);
  const isOther = ({ name }: DesiredFloor) => name !== standing.name;
  const taken = desiredFloors
    .filter(isOther)
    .reduce((sum, other) => sum + Math.max(grantedTo(other), standingReplicas(other)), 0);
  const before = desiredFloors.find(floor => !isOther(floor));
  const granted = before === undefined ? 0 : grantedTo(before);
  return Math.max(granted, standingReplicas(standing), total.replicas - taken);
}

function needEntry(standing: TargetStanding, context: FloorContext): [string, TargetNeeds][] {
  const needs = floorNeeds(standing, context);
  return needs === undefined ? [] : [[standing.name, needs]];
}

function standingOf(
  observed: TargetObservation,
  { observation, accepted }: Pick<FloorsInput, 'observation' | 'accepted'>,
): TargetStanding {
  return targetStanding({
    observed,
    observation,
    graph: accepted.graph,
    refusal: accepted.refusedTargets.get(observed.target.metadata.name),
    held: accepted,
  });
}

function byName(a: TargetObservation, b: TargetObservation): number {
  return a.target.metadata.name < b.target.metadata.name ? -1 : 1;
}

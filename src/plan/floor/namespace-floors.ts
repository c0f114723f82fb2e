import type { Observation, TargetObservation } from '../../observe/observation.ts';
import type { AcceptedNamespace } from '../accept/accept-namespace.ts';
import { mayRaise, standingReplicas, type TargetStanding, targetStanding } from '../accept/target-standing.ts';
import { targetCosts } from '../cost/target-costs.ts';
import type { DemandForecasts } from '../demand/demand-forecasts.ts';
import { aheadWindow } from '../demand/plan-forecast-windows.ts';
import { approvalLimits } from './approval/approval-limits.ts';
import { type SaleApproval, saleApprovals } from './approval/sale-approval.ts';
import { type DesiredFloor, type FloorContext, floorNeeds, floorsFrom } from './desired-floor.ts';
import { totalOf } from './replicas/keep-total.ts';
import { replicaChain, replicaRules } from './replicas/replica-chain.ts';
import type { ApprovalLimit, NamespaceTotal, ReplicaRule, RunLimits, TargetNeeds } from './replicas/replica-rule.ts';
import { mostWithin } from './replicas/shared-limits.ts';
import { countedSales, scheduleSales } from './schedule-sales.ts';
import { surgeRooms } from './surge-room.ts';

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
  const costs = targetCosts(observation, graph);
  const sales = scheduleSales({ observation, graph, occurrences, forecasts, refused, chain, costs, only });
  const counted = countedSales(occurrences, observation);
  const approvals = saleApprovals({ observation, sales, counted, chain });
  const limits = approvalLimits(observation, approvals, chain);
  const approved = limits === undefined ? {} : { approved: limits };
  const ahead = forecasts[aheadWindow] ?? {};
  const context: FloorContext = { observation, sales, ahead, chain, costs, ...approved };
  const needs = new Map(standings.flatMap(standing => needEntry(standing, context)));
  const total = totalOf(observation.policy, observation.limits);
  const floors = floorsFrom(standings, chain.run(needs, { total, ...approved }), context);
  const desiredFloors = withSurgeRoom(floors, chain, observation);
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
  const { approved } = floors;
  const granted = grantedTo(standing, { ...floors, chain });
  const replicas = chain.run(needs, { total, ...granted, ...(approved === undefined ? {} : { approved }) });
  const [desired] = floorsFrom([standing], replicas, context);
  const renewed = floors.desiredFloors.map(one => (isOther(one) || desired === undefined ? one : desired));
  const desiredFloors = withSurgeRoom(renewed, chain, observation);
  return { ...floors, chain, standings, needs, desiredFloors };
}

/** The most of the total and of each shared limit that one target may have while the others keep what they have. */
function grantedTo(
  standing: TargetStanding,
  { desiredFloors, total, chain }: NamespaceFloors,
): Pick<RunLimits, 'granted' | 'grantedByLimit'> {
  const wished = (floor: DesiredFloor) => (mayRaise(floor) ? (floor.replicas ?? 0) : 0);
  const others = desiredFloors.filter(({ name }) => name !== standing.name);
  const taken = new Map(others.map(other => [other.name, Math.max(wished(other), standingReplicas(other))]));
  const before = desiredFloors.find(({ name }) => name === standing.name);
  const least = Math.max(before === undefined ? 0 : wished(before), standingReplicas(standing));
  const left = total.replicas - taken.values().reduce((sum, replicas) => sum + replicas, 0);
  const byLimit = chain.limits.flatMap(({ name, total: units, users }): [string, ReadonlyMap<string, number>][] => {
    const own = users.find(({ target }) => target === standing.name);
    if (own === undefined) return [];
    const room = users
      .filter(user => user !== own)
      .reduce((rest, user) => rest - user.units(taken.get(user.target) ?? 0), units);
    return [[name, new Map([[standing.name, mostWithin(own.units, room, least)]])]];
  });
  return { granted: new Map([[standing.name, Math.max(least, left)]]), grantedByLimit: new Map(byLimit) };
}

/** Adds to each floor the most that shared limits leave to its maximum. */
function withSurgeRoom(
  floors: readonly DesiredFloor[],
  { limits }: FloorContext['chain'],
  { limits: { surgeRoomPercent } }: Observation,
): readonly DesiredFloor[] {
  if (limits.length === 0) return floors;
  const inputs = floors.map(floor => ({
    name: floor.name,
    spec: floor.observed.target.spec,
    cap: floor.cap.replicas,
    floor: mayRaise(floor) ? floor.replicas : undefined,
    scaler: floor.scaler,
  }));
  const rooms = surgeRooms(inputs, limits, surgeRoomPercent);
  return floors.map(floor => {
    const { surgeRoom: _, ...rest } = floor;
    const room = rooms.get(floor.name);
    return room === undefined ? rest : { ...rest, surgeRoom: room };
  });
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

import type { Observation, TargetObservation } from '../../observe/observation.ts';
import type { AcceptedNamespace } from '../accept/accept-namespace.ts';
import type { DemandForecasts } from '../demand/demand-forecasts.ts';
import { aheadWindow } from '../demand/plan-forecast-windows.ts';
import { type DesiredFloor, desiredFloor } from './desired-floor.ts';
import { type ScheduledSale, scheduleSales } from './schedule-sales.ts';
import { type NamespaceShare, shareAnew, shareNamespace } from './share-namespace.ts';

/** What a namespace's floors are worked out from. */
export interface FloorsInput {
  readonly observation: Observation;
  readonly accepted: AcceptedNamespace;
  readonly forecasts: DemandForecasts;
}

/** What each target of a namespace needs now, and what the namespace's total leaves of it. */
export interface NamespaceFloors extends FloorsInput {
  /** Those that are not over, by start. */
  readonly sales: readonly ScheduledSale[];
  /** By target name. */
  readonly desiredFloors: readonly DesiredFloor[];
  readonly share: NamespaceShare;
}

/** When each sale is due, the floor of every target by its own law and limits, and the share of the total that each gets. */
export function namespaceFloors({ observation: observed, accepted, forecasts }: FloorsInput): NamespaceFloors {
  const observation = { ...observed, targets: observed.targets.toSorted(byName) };
  const { graph, occurrences, refusedTargets: refused } = accepted;
  const sales = scheduleSales({ observation, graph, occurrences, forecasts, refused });
  const floors = { observation, accepted, forecasts, sales };
  const desiredFloors = observation.targets.map(target => floorOf(target, floors));
  return { ...floors, desiredFloors, share: shareNamespace(desiredFloors, observation) };
}

/**
 * The same floors with one target as it is by now: only its own floor is worked out anew. What the others were granted
 * stays theirs, because it may have been written since.
 */
export function withTarget(floors: NamespaceFloors, observed: TargetObservation): NamespaceFloors {
  const desired = floorOf(observed, floors);
  const desiredFloors = floors.desiredFloors.map(other => (other.name === desired.name ? desired : other));
  return { ...floors, desiredFloors, share: shareAnew(floors.share, { desiredFloors, desired }, floors.observation) };
}

function floorOf(
  observed: TargetObservation,
  { observation, accepted, forecasts, sales }: Omit<NamespaceFloors, 'desiredFloors' | 'share'>,
): DesiredFloor {
  const { name } = observed.target.metadata;
  return desiredFloor({
    observed,
    observation,
    sales,
    ahead: forecasts[aheadWindow]?.[name],
    graph: accepted.graph,
    refusal: accepted.refusedTargets.get(name),
    held: accepted.heldBy?.paused ?? 'None',
  });
}

function byName(a: TargetObservation, b: TargetObservation): number {
  return a.target.metadata.name < b.target.metadata.name ? -1 : 1;
}

import { formatMinute } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import type { PlaceholderObservation } from '../../observe/capacity/placeholder-observation.ts';
import type { TargetObservation } from '../../observe/observation.ts';
import { stopsRaises } from '../accept/effective-mode.ts';
import { describeMode, mayRaise } from '../accept/target-standing.ts';
import { countOf } from '../condition.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { NamespaceFloors } from '../floor/namespace-floors.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import { placeholderCount } from './placeholder-count.ts';
import { roomOfSale, type SaleRoom } from './room-of-sale.ts';

/** Room that a sale asks for one target. */
export interface AskedRoom extends SaleRoom {
  readonly sale: ScheduledSale;
}

/** Placeholder pods that a target should have now, and why. */
export interface RoomSize {
  /** Pods of the target that room is opened for before their raise; 0 from the raise on. */
  readonly pods: number;
  readonly replicas: number;
  readonly why: string;
}

/** The room that the sales of a namespace ask for one target, by start. */
export function askedRooms(
  desired: DesiredFloor,
  { observation, sales, approvals }: Pick<NamespaceFloors, 'observation' | 'sales' | 'approvals'>,
): readonly AskedRoom[] {
  return sales.flatMap(sale => {
    const room = roomOfSale(sale, desired, { policy: observation.policy, approvals });
    return room === undefined ? [] : [{ ...room, sale }];
  });
}

/**
 * Sizes the placeholders of one target at `now`. They stand in for pods that are not created yet. What nodes have free now
 * is not subtracted: the scheduler gives it to the placeholders first, and only those that do not fit make new nodes come.
 *
 *   now                                   →  placeholders for
 *   openTime ≤ now < prescaleTime            replicas of the whole sale − pods that are there
 *   prescaleTime ≤ now < start               the same, and never more than stand
 *   start ≤ now < end                        replicas of the floor − pods that are there, and never more than stand
 *   any other                                none
 *
 *   emergency Baseline, mode ForecastOnly    none
 *   refused while a sale needs it            as many as stand
 *   raises paused                            never more than stand
 *   policy refused, caches out of date       as many as stand, while a sale needs more pods than are there
 */
export function sizeRoom(
  desired: DesiredFloor,
  placeholder: Pick<PlaceholderObservation, 'replicas' | 'pod'> | undefined,
  context: Pick<NamespaceFloors, 'observation' | 'accepted' | 'sales' | 'approvals'>,
): RoomSize {
  const { observation, accepted, sales } = context;
  const { now } = observation;
  const { name, observed, refusal, emergency, forecastOnlyBy, paused } = desired;
  const standing = placeholder?.replicas ?? 0;
  const none = (why: string): RoomSize => ({ pods: 0, replicas: 0, why });
  if (emergency?.action === 'Baseline') return none('an emergency ends every raise');
  if (refusal !== undefined && forecastOnlyBy === undefined && sales.some(sale => isNeeding(sale, name)))
    return { pods: 0, replicas: standing, why: `${name} is refused (${refusal.reason}) while a sale needs it` };
  const rooms = askedRooms(desired, context);
  const present = createdPods(observed);
  const ahead = rooms.filter(({ openTime, sale }) => openTime <= now && now < sale.prescaleTime);
  const pods = Math.max(0, Math.max(0, ...ahead.map(({ replicas }) => replicas)) - present);
  const kept = heldReplicas(desired, rooms, now);
  const count = (needed: number) =>
    placeholderCount(needed, {
      pod: isMissing(observed.workload) ? undefined : observed.workload.pod,
      placeholder: placeholder?.pod,
    });
  const wanted = Math.max(count(pods), Math.min(standing, count(Math.max(0, kept - present))));
  const isDoubtful = accepted.onlyRaises !== undefined || accepted.heldBy !== undefined;
  const needing = sales.filter(sale => isNeeding(sale, name)).map(({ whole }) => whole.get(name)?.replicas ?? 0);
  const least = isDoubtful ? Math.min(standing, count(Math.max(0, Math.max(0, ...needing) - present))) : 0;
  const replicas = Math.max(least, stopsRaises(paused) ? Math.min(standing, wanted) : wanted);
  return { pods, replicas, why: reasonOf({ desired, ahead, pods, present, kept }) };
}

/**
 * Pods of a target that are created, whether they have found a node or not: one that has none yet gets the room of a
 * placeholder, also where its PriorityClass preempts nothing.
 */
export function createdPods({ pods, workload }: Pick<TargetObservation, 'pods' | 'workload'>): number {
  if (pods === undefined) return isMissing(workload) ? 0 : workload.readyReplicas;
  return pods.readySince.length + pods.unready.length;
}

function isNeeding({ mode, needs }: ScheduledSale, name: string): boolean {
  return mode === 'Apply' && needs.has(name);
}

/** Replicas of which those that are not created yet keep their placeholders, from prescaleTime on. */
function heldReplicas(
  { replicas = 0, covering, emergency }: DesiredFloor,
  rooms: readonly AskedRoom[],
  now: number,
): number {
  const rising = rooms.filter(({ sale }) => sale.covers && now < sale.occurrence.start);
  const floor = covering.length > 0 || emergency !== undefined ? replicas : 0;
  return Math.max(floor, ...rising.map(room => room.replicas));
}

function reasonOf({
  desired: { name, ...standing },
  ahead,
  pods,
  present,
  kept,
}: {
  readonly desired: DesiredFloor;
  readonly ahead: readonly AskedRoom[];
  readonly pods: number;
  readonly present: number;
  /** Replicas that keep their placeholders. */
  readonly kept: number;
}): string {
  const [first] = ahead.toSorted((one, other) => other.replicas - one.replicas);
  if (first !== undefined && pods > 0) {
    const { occurrence, prescaleTime } = first.sale;
    return `room for ${countOf(pods, 'pod')} of ${name}, which ${occurrence.sale} raises at ${formatMinute(prescaleTime)}`;
  }
  if (!mayRaise({ name, ...standing })) return describeMode({ name, ...standing });
  if (kept === 0 && first === undefined) return `no sale needs room of ${name} now`;
  return `${present} of ${Math.max(kept, first?.replicas ?? 0)} pods of ${name} are there`;
}

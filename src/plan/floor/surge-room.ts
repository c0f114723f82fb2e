import type { ReasonStep } from '../../api/sale-plan.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import type { Limits } from '../../observe/observation.ts';
import { isAbove, type Scaler } from '../accept/scaler.ts';
import type { TargetStanding } from '../accept/target-standing.ts';
import type { ReplicaChain } from './replicas/replica-chain.ts';
import type { Cap } from './replicas/replica-rule.ts';
import { type LimitClaim, shareLimit } from './replicas/share-limit.ts';
import type { SharedLimit } from './replicas/shared-limit.ts';
import type { ScheduledSale } from './schedule-sales.ts';

/** The most replicas that shared limits leave to a maximum, and the limit that leaves least. */
export interface SurgeRoom {
  readonly replicas: number;
  /** The maximum without that limit. */
  readonly wanted: number;
  /** Whether the floors leave less, and the maximum stays at the baseline's. */
  readonly isBaseline: boolean;
  readonly limit: SharedLimit;
}

/** What the maximum of one target depends on. */
export interface RoomInput {
  readonly name: string;
  readonly spec: Pick<ScalingTargetSpec, 'baseline' | 'tier'>;
  /** The strictest cap, in replicas. */
  readonly cap: number;
  /** The minimum that is raised, in replicas; undefined where none is. */
  readonly floor: number | undefined;
  readonly scaler: Scaler | undefined;
}

/**
 * Shares what the floors leave of each limit among the maximums of the targets that use it, by tier and in proportion,
 * as the floors are shared. A target without an entry is not bound.
 *
 *   target                 counts in any case with               may have of the rest
 *   raised                 its floor, the baseline's maximum,    floor + surge room, within its cap; then what its live
 *                          a higher one of another writer        maximum is above that, since it stays until the restore
 *   not raised             the baseline's or live maximum        nothing
 *   without an HPA         its floor                             nothing: it has no maximum
 *
 * With none left the maximum is the floor. It is never below the baseline's, which is told, so that an operator that
 * stops for good leaves no service short on an ordinary day.
 */
export function surgeRooms(
  inputs: readonly RoomInput[],
  limits: readonly SharedLimit[],
  surgeRoomPercent: number,
): ReadonlyMap<string, SurgeRoom> {
  const rooms = new Map<string, SurgeRoom>();
  if (limits.length === 0) return rooms;
  const maximums = new Map(inputs.map(input => [input.name, { input, ...maximumsOf(input, surgeRoomPercent) }]));
  for (const limit of limits) {
    const share = (claim: (name: string) => Pick<LimitClaim, 'kept' | 'wanted'>) =>
      shareLimit(
        limit.users.flatMap(({ target: name, units }) => {
          const found = maximums.get(name);
          return found === undefined ? [] : [{ target: name, tier: found.input.spec.tier, units, ...claim(name) }];
        }),
        limit.total,
      );
    const isOver =
      limit.users.reduce((sum, { target, units }) => sum + units(maximums.get(target)?.kept ?? 0), 0) > limit.total;
    const surge = share(name => ({ kept: maximums.get(name)?.kept ?? 0, wanted: maximums.get(name)?.surge ?? 0 }));
    const most = share(name => {
      const kept = surge.get(name) ?? 0;
      return { kept, wanted: Math.max(kept, maximums.get(name)?.live ?? 0) };
    });
    for (const [name, replicas] of most) {
      const { surge: surging = 0, live = 0, input } = maximums.get(name) ?? {};
      const wanted = Math.max(surging, live);
      const floor = input?.floor ?? 0;
      const isRaised = floor > (input?.spec.baseline.minReplicas ?? 0);
      const isBaseline = isOver && isRaised && floor < replicas && replicas === input?.spec.baseline.maxReplicas;
      const isLeast = replicas < (rooms.get(name)?.replicas ?? Number.POSITIVE_INFINITY);
      if ((replicas < wanted || isBaseline) && isLeast) rooms.set(name, { replicas, wanted, isBaseline, limit });
    }
  }
  return rooms;
}

/** The rooms of the maximums for the whole of one sale, as its SalePlan records it. */
export function saleSurgeRooms(
  { whole }: Pick<ScheduledSale, 'whole'>,
  targets: readonly (Pick<TargetStanding, 'name' | 'observed'> & { readonly cap: Cap })[],
  { chain, limits }: { readonly chain: ReplicaChain; readonly limits: Pick<Limits, 'surgeRoomPercent'> },
): ReadonlyMap<string, SurgeRoom> {
  if (chain.limits.length === 0) return new Map();
  const inputs = targets.map(({ name, cap, observed }) => ({
    name,
    spec: observed.target.spec,
    cap: cap.replicas,
    floor: whole.get(name)?.replicas,
    scaler: undefined,
  }));
  return surgeRooms(inputs, chain.limits, limits.surgeRoomPercent);
}

/** The step that explains a maximum to which a shared limit leaves less than its surge room; empty when none does. */
export function surgeRoomSteps(room: SurgeRoom | undefined, maxReplicas: number): readonly ReasonStep[] {
  if (room === undefined || (maxReplicas >= room.wanted && !room.isBaseline)) return [];
  const { limit, wanted, isBaseline } = room;
  const leaves = `limit ${limit.name} of ${limit.total} leaves`;
  const message = isBaseline
    ? `${leaves} no surge room: maxReplicas stays ${maxReplicas}, the baseline's`
    : `${leaves} maxReplicas ${maxReplicas} of ${wanted}`;
  return [{ rule: 'surgeRoom', value: maxReplicas, unit: 'replicas', message }];
}

/** Replicas that a maximum has in any case, with its surge room, and with what it has now. */
function maximumsOf({ spec, cap, floor = 0, scaler }: RoomInput, surgeRoomPercent: number) {
  const { baseline } = spec;
  const live = scaler?.kind === 'Autoscaler' ? scaler.maxReplicas : 0;
  if (scaler?.kind === 'Workload') {
    const kept = Math.max(floor, scaler.currentReplicas);
    return { kept, surge: kept, live: kept };
  }
  if (floor <= baseline.minReplicas) {
    const kept = Math.max(baseline.maxReplicas, live);
    return { kept, surge: kept, live: kept };
  }
  const theirs = scaler !== undefined && isAbove(live, scaler.floorMax) ? live : 0;
  const kept = Math.max(baseline.maxReplicas, floor, theirs);
  const surge = Math.max(kept, Math.min(cap, Math.ceil((floor * (100 + surgeRoomPercent)) / 100)));
  return { kept, surge, live: Math.min(cap, live) };
}

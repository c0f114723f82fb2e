import type { CapacityHour } from '../../api/learned/capacity-hour.ts';
import { parseQuantity } from '../../api/quantity.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { type CapacityEstimate, estimateCapacity } from './estimate-capacity.ts';

/** What demand is divided by, in requests per second per ready replica, and where it is from. */
export type CapacityInUse =
  /** `capacityPerReplica`: what was learned never takes its place. */
  | { readonly basis: 'Stated'; readonly perReplica: number }
  /** The low end of the range in which the objective breaks: in doubt a plan has more replicas. */
  | {
      readonly basis: 'Learned';
      readonly perReplica: number;
      readonly high: number;
      /** Hours in which the objective broke. */
      readonly hours: number;
      /** What showed it where it is not the objective. */
      readonly sign?: CapacityHour['sign'];
    }
  /** Neither; a need is then guessed from the replicas that serve ordinary load. */
  | { readonly basis: 'Unknown'; readonly perReplica?: never };

/** High end ÷ low end of the learned range up to which it is a divisor: two hours without a deploy since have 1.3. */
const mostRatio = 2;

/**
 * Chooses the capacity of a replica at `now`, epoch ms: stated, else learned with confidence, else unknown. Hours that
 * ended after `begunAt`, epoch ms, from which on a sale is raised, make it smaller and never larger: what is learned
 * during a sale lowers no floor of it.
 */
export function capacityInUse(
  target: { readonly spec: Pick<ScalingTarget['spec'], 'capacityPerReplica' | 'workloadRef'> } & Pick<
    ScalingTarget,
    'status'
  >,
  now: number,
  begunAt?: number,
): CapacityInUse {
  const { capacityPerReplica } = target.spec;
  if (capacityPerReplica !== undefined) return { basis: 'Stated', perReplica: parseQuantity(capacityPerReplica) };
  const hours = capacityHoursOf(target);
  const inUse = learnedFrom(hours, now);
  if (begunAt === undefined || inUse.perReplica === undefined) return inUse;
  const before = learnedFrom(hoursUntil(hours, begunAt), begunAt);
  return before.perReplica !== undefined && before.perReplica < inUse.perReplica ? before : inUse;
}

function learnedFrom(hours: readonly CapacityHour[], now: number): CapacityInUse {
  const estimate = capacityAt(hours, now);
  if (estimate?.kind !== 'Known' || estimate.high > mostRatio * estimate.low) return { basis: 'Unknown' };
  const broken = hours.filter(({ brokeAt }) => brokeAt !== undefined).length;
  const sign = hours.at(-1)?.sign;
  const learned = { basis: 'Learned', perReplica: estimate.low, high: estimate.high, hours: broken } as const;
  return sign === undefined ? learned : { ...learned, sign };
}

/** Returns the hours that ended by an instant (epoch ms); the same list for the same hours and instant. */
function hoursUntil(hours: readonly CapacityHour[], until: number): readonly CapacityHour[] {
  const known = earlier.get(hours);
  if (known?.until === until) return known.hours;
  const found = { until, hours: hours.filter(({ at }) => Date.parse(at) + hourMs <= until) };
  earlier.set(hours, found);
  return found.hours;
}

/** Returns the hours that a target's status holds of the workload that it names now: those of its objective, else of its HPA. */
export function capacityHoursOf({
  spec,
  status,
}: { readonly spec: Pick<ScalingTarget['spec'], 'workloadRef'> } & Pick<
  ScalingTarget,
  'status'
>): readonly CapacityHour[] {
  const all = status?.capacityHours ?? noHours;
  const own = all.every(({ workload }) => workload === spec.workloadRef.name)
    ? all
    : all.filter(({ workload }) => workload === spec.workloadRef.name);
  const isMixed = own.some(({ sign }) => sign === undefined) && own.some(({ sign }) => sign !== undefined);
  return isMixed ? own.filter(({ sign }) => sign === undefined) : own;
}

/** Estimates the capacity at `now`, once a day for the same hours: it is asked for by many rules of one plan. */
export function capacityAt(hours: readonly CapacityHour[], now: number): CapacityEstimate | undefined {
  const day = Math.floor(now / dayMs);
  const known = estimates.get(hours);
  if (known?.day === day) return known.estimate;
  const estimate = estimateCapacity(hours, day * dayMs);
  estimates.set(hours, { day, estimate });
  return estimate;
}

/** One list, so that its estimate is made once. */
const noHours: readonly CapacityHour[] = [];
const hourMs = 3_600_000;
const dayMs = 86_400_000;
/** Hours before a sale by all hours, so that their estimate is made once. */
const earlier = new WeakMap<
  readonly CapacityHour[],
  { readonly until: number; readonly hours: readonly CapacityHour[] }
>();
/** Estimates by hours: a status that does not change stays the same object. */
const estimates = new WeakMap<
  readonly CapacityHour[],
  { readonly day: number; readonly estimate: CapacityEstimate | undefined }
>();

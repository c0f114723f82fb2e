import type { Missing } from '../../../src/api/missing.ts';
import type { ScalingTarget } from '../../../src/api/scaling-target.ts';
import type { LeadTime, PodsObservation } from '../../../src/observe/capacity/capacity-observation.ts';
import { readLeadTime } from '../../../src/observe/capacity/read-lead-time.ts';
import type { WorkloadObservation } from '../../../src/observe/observation.ts';

/** Pods of a target as cases write them. */
export interface GivenPods {
  /** As their PriorityClass gives it. @default not known */
  readonly priority?: number;
  /** Number of ready pods by seconds since they are ready: `{ 3600: 4, 10: 25 }`. */
  readonly ready?: Readonly<Record<string, number>>;
  /** Pods that are not ready, in groups of equal ones. */
  readonly unready?: readonly {
    readonly count: number;
    readonly ageSeconds: number;
    readonly wasReady?: boolean;
    readonly reason?: string;
    readonly message?: string;
  }[];
}

/** The pods at `now`, epoch ms. */
export function podsOf({ ready = {}, unready = [], priority }: GivenPods, now: number): PodsObservation {
  const since = Object.entries(ready).flatMap(([seconds, count]) =>
    new Array<number>(count).fill(now - Number(seconds) * 1000),
  );
  const groups = unready.flatMap(({ count, ageSeconds, wasReady = false, ...told }, group) =>
    Array.from({ length: count }, (_, nth) => ({
      name: `pod-${group}-${String(nth).padStart(3, '0')}`,
      createdAt: now - ageSeconds * 1000,
      wasReady,
      ...told,
    })),
  );
  return {
    readySince: since.sort((a, b) => a - b),
    unready: groups,
    ...(priority === undefined ? {} : { priority }),
  };
}

/** The lead time of a target: what is given, with its warm-up, else what its spec and status say. */
export function leadTimeOf(
  target: ScalingTarget,
  given: number | undefined,
  workload: WorkloadObservation | Missing,
): LeadTime {
  const read = readLeadTime(target, workload);
  return given === undefined ? read : { ...read, seconds: given + (read.warmUpSeconds ?? 0), source: 'Stated' };
}

import type { Series } from '../../forecasts/index.ts';
import { syncAutoscaler } from '../simulate/hpa.ts';
import { emptyMemory } from '../simulate/hpa-behavior.ts';

const syncMs = 15_000;

/** A service under an HPA whose bounds are not raised before a sale. */
export interface AutoscalerAloneInput {
  /** Measured demand in requests per second; a gap is a missing metric. */
  readonly demand: Series;
  /** Requests per second that one replica serves within its objective. */
  readonly capacity: number;
  /** Load per replica in requests per second above which the HPA scales up; ≤ capacity. */
  readonly targetLoad: number;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Seconds from the HPA's decision until the pod is ready. */
  readonly leadSeconds: number;
  /**
   * Replicas below which the HPA does not scale, where they are above its own minimum; one number a step of the demand.
   * @default none
   */
  readonly floors?: readonly number[];
}

/** What an HPA on its own bounds would have done. */
export interface AloneOutcome {
  /** Minutes with fewer ready replicas than the measured demand needed. */
  readonly minutesShort: number;
  /** Requests above what the ready replicas serve within their objective. */
  readonly requestsShort: number;
  readonly replicaHours: number;
}

/**
 * Runs an HPA on its own bounds, or above floors, against the measured demand: its algorithm every 15 s with the newest
 * complete step; pods become ready after the lead time, and removed replicas stop at once. Steps without a measurement
 * count as enough.
 */
export function autoscalerAlone({ demand, capacity, ...service }: AutoscalerAloneInput): AloneOutcome {
  const stepMs = demand.stepSeconds * 1000;
  const { targetLoad, minReplicas, maxReplicas, leadSeconds, floors = [] } = service;
  const metrics = [{ type: 'External', name: 'demand', averageValue: targetLoad }] as const;
  const boundsAt = (step: number) => {
    const floor = Math.max(minReplicas, floors[step] ?? 0);
    return { minReplicas: floor, maxReplicas: Math.max(maxReplicas, floor) };
  };
  const first = demand.values.find(value => value !== null) ?? 0;
  const { minReplicas: least, maxReplicas: most } = boundsAt(0);
  let replicas = Math.min(most, Math.max(least, Math.ceil(first / targetLoad)));
  let ready = replicas;
  let starting: readonly { readonly readyAt: number; readonly count: number }[] = [];
  let memory = emptyMemory;
  let shortMs = 0;
  let requestsShort = 0;
  let replicaMs = 0;
  for (let now = demand.start; now < demand.start + demand.values.length * stepMs; now += syncMs) {
    ready += starting.filter(({ readyAt }) => readyAt <= now).reduce((sum, { count }) => sum + count, 0);
    starting = starting.filter(({ readyAt }) => readyAt > now);
    const step = Math.floor((now - demand.start) / stepMs);
    const current = demand.values[step] ?? null;
    if (current !== null && ready < Math.ceil(current / capacity - 1e-9)) shortMs += syncMs;
    requestsShort += (Math.max(0, (current ?? 0) - ready * capacity) * syncMs) / 1000;
    replicaMs += ready * syncMs;
    const seen = demand.values[step - 1] ?? null;
    const decision = syncAutoscaler({
      now,
      spec: { ...boundsAt(step), metrics },
      specReplicas: replicas,
      statusReplicas: replicas,
      readyPods: ready,
      readings: [seen === null ? { missing: 'nothing was measured' } : { type: 'Value', value: seen }],
      rivals: [],
      memory,
    });
    const change = decision.desiredReplicas - replicas;
    if (change > 0) starting = [...starting, { readyAt: now + leadSeconds * 1000, count: change }];
    if (change < 0) {
      const unborn = starting.reduce((sum, { count }) => sum + count, 0);
      starting = dropLast(starting, -change);
      ready -= Math.max(0, -change - unborn);
    }
    replicas = decision.desiredReplicas;
    memory = decision.memory;
  }
  return { minutesShort: shortMs / 60_000, requestsShort, replicaHours: replicaMs / 3_600_000 };
}

/** Removes pods: those that are not ready first, the newest before the others. */
function dropLast(
  starting: readonly { readonly readyAt: number; readonly count: number }[],
  pods: number,
): readonly { readonly readyAt: number; readonly count: number }[] {
  const last = starting.at(-1);
  if (last === undefined || pods <= 0) return starting;
  const rest = starting.slice(0, -1);
  return last.count > pods ? [...rest, { ...last, count: last.count - pods }] : dropLast(rest, pods - last.count);
}

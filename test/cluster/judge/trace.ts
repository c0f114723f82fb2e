/** What the API server showed over time. All instants are epoch ms; each list is in order of time. */

/** A version of an HPA's bounds, from the instant it was seen until the next. */
export interface BoundsSeen {
  readonly at: number;
  readonly autoscaler: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** Number of Ready pods of a workload, from the instant it was seen until the next. */
export interface ReadySeen {
  readonly at: number;
  readonly workload: string;
  readonly ready: number;
}

/** A request that changed a spec, according to the API server's audit log. */
export interface SpecWrite {
  readonly at: number;
  /** Plural: `horizontalpodautoscalers`. */
  readonly resource: string;
  readonly name: string;
  /** The authenticated user, as `system:serviceaccount:NAMESPACE:NAME`. */
  readonly user: string;
  readonly verb: string;
  /** The request's body. */
  readonly body: unknown;
}

/** The demand on one workload, and the capacity of its pods. */
export interface Need {
  readonly workload: string;
  /** Requests per second that one Ready pod serves. */
  readonly capacityPerReplica: number;
  /** The actual demand in requests per second, the mean over each step. */
  readonly demand: {
    readonly start: number;
    readonly stepSeconds: number;
    readonly values: readonly (number | null)[];
  };
}

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** The newest entry at or before `instant`; undefined when there is none. */
export function seenAt<T extends { readonly at: number }>(list: readonly T[], instant: number): T | undefined {
  return list.findLast(({ at }) => at <= instant);
}

/** The number of pods that `demand` needs. */
export function replicasFor(demand: number, capacityPerReplica: number): number {
  return Math.ceil(demand / capacityPerReplica);
}

/** The steps that overlap `span`, with their demand; a gap is left out. */
export function demandSteps({ demand }: Need, { start, end }: Span): readonly (Span & { readonly demand: number })[] {
  const stepMs = demand.stepSeconds * 1000;
  return demand.values
    .map((value, i) => ({ start: demand.start + i * stepMs, end: demand.start + (i + 1) * stepMs, demand: value }))
    .filter((step): step is Span & { demand: number } => step.demand !== null && step.start < end && step.end > start);
}

/** Formats an instant as in logs: `20:15:05.123Z`. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString().slice(11);
}

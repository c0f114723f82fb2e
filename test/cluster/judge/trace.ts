/** What the API server's side showed over time. All instants are epoch ms; each list is in order of time. */

/** A version of an HPA's bounds, from the moment it was seen until the next. */
export interface BoundsSeen {
  readonly at: number;
  readonly autoscaler: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** How many pods of a workload were Ready, from the moment it was seen until the next. */
export interface ReadySeen {
  readonly at: number;
  readonly workload: string;
  readonly ready: number;
}

/** A request that the API server's audit log shows to have changed a spec. */
export interface SpecWrite {
  readonly at: number;
  /** Plural: `horizontalpodautoscalers`. */
  readonly resource: string;
  readonly name: string;
  /** Who was authenticated, as `system:serviceaccount:NAMESPACE:NAME`. */
  readonly user: string;
  readonly verb: string;
  /** The request's body. */
  readonly body: unknown;
}

/** What one workload has to stand. */
export interface Need {
  readonly workload: string;
  /** Requests a second that one Ready pod serves. */
  readonly capacityPerReplica: number;
  /** The actual demand in requests a second, the mean over each step. */
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

/** The newest entry at or before `instant`; undefined when nothing was seen by then. */
export function seenAt<T extends { readonly at: number }>(list: readonly T[], instant: number): T | undefined {
  return list.findLast(({ at }) => at <= instant);
}

/** The pods that `demand` asks for. */
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

/** `20:15:05.123Z`: findings are read beside logs. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString().slice(11);
}

/** A service of the simulated marketplace: what its ScalingTarget states, and the physics nobody writes down. */
export interface SimulatedService {
  readonly name: string;
  /** Requests a second that one ready replica serves within its objective. */
  readonly capacityPerReplica: number;
  readonly p95Milliseconds: number;
  readonly entryPoint: boolean;
  readonly calls: readonly SimulatedCall[];
  /** Mean of what reaches it from outside this call graph, requests a second; follows the day, knows no sale. */
  readonly ownPerSecond: number;
  /** From a pod's creation to Ready; each pod draws its own in this range. */
  readonly startSeconds: Range;
}

export interface SimulatedCall {
  readonly target: string;
  readonly perThousandRequests: number;
  /** In a sale people call this more (> 1) or less (< 1) often than the ratio says. */
  readonly saleShift: number;
  /** How long after the caller's surge this call's surge comes: people look before they buy. */
  readonly saleLagSeconds: number;
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

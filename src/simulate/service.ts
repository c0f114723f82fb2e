/** A service of the simulated marketplace: what its ScalingTarget states, and what the simulation draws for it. */
export interface SimulatedService {
  readonly name: string;
  /** Requests per second that one ready replica serves within its objective. */
  readonly capacityPerReplica: number;
  readonly p95Milliseconds: number;
  readonly entryPoint: boolean;
  readonly calls: readonly SimulatedCall[];
  /** Mean requests per second from outside this call graph; follows the time of day but no sale. */
  readonly ownPerSecond: number;
  /** Seconds from a pod's creation to Ready; each pod draws its own value from this range. */
  readonly startSeconds: Range;
}

export interface SimulatedCall {
  readonly target: string;
  readonly perThousandRequests: number;
  /** The factor on the call ratio in a sale: above 1, the call is more frequent than usual. */
  readonly saleShift: number;
  /** Seconds by which this call's surge comes after the caller's, since visitors look before they buy. */
  readonly saleLagSeconds: number;
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

/** One replica as a queue: how much it can do at most, and how long its answers take. */
export interface ReplicaModel {
  /** Requests a second at which it is never idle. */
  readonly saturation: number;
  /** Within which 95 % are answered when nobody waits. */
  readonly idleSeconds: number;
  /** What waiting adds to it at the stated capacity. */
  readonly waitSeconds: number;
}

/** A load test states the capacity where answers begin to be late: at about this utilization. */
const capacityUtilization = 0.8;
/** The share of the objective that an idle replica already spends: the work itself. */
const idleShare = 0.4;
/** Requests a replica works on at once; it bends the curve, see `waitShape`. */
const workers = 8;
/** Near saturation a queue takes longer to reach its steady state than load stays put: beyond this the backlog speaks. */
const steadyUtilization = 0.97;

/**
 * The replica that, loaded with exactly `capacityPerReplica` requests a second, answers 95 % of them within exactly
 * `p95Milliseconds`: so a ScalingTarget's two numbers are true in the simulation.
 */
export function calibrateReplica(stated: {
  readonly capacityPerReplica: number;
  readonly p95Milliseconds: number;
}): ReplicaModel {
  const objective = stated.p95Milliseconds / 1000;
  return {
    saturation: stated.capacityPerReplica / capacityUtilization,
    idleSeconds: idleShare * objective,
    waitSeconds: (1 - idleShare) * objective,
  };
}

/** Seconds within which 95 % are answered when `perSecond` requests reach one replica for long; Infinity from saturation on. */
export function steadyP95(replica: ReplicaModel, perSecond: number): number {
  const utilization = perSecond / replica.saturation;
  if (utilization >= 1) return Number.POSITIVE_INFINITY;
  return replica.idleSeconds + (replica.waitSeconds * waitShape(utilization)) / waitShape(capacityUtilization);
}

/**
 * The mean wait of a queue with `workers` servers, in service times: ρ^(√(2(c+1)) − 1) ÷ (c (1 − ρ)).
 *
 * @see Sakasegawa, "An approximation formula L_q ≃ α·ρ^β/(1−ρ)", Ann. Inst. Statist. Math. 29 (1977)
 */
export function waitShape(utilization: number): number {
  return utilization ** (Math.sqrt(2 * (workers + 1)) - 1) / (workers * (1 - utilization));
}

/** What waits in front of a service; nobody waits longer than the client's patience. */
export interface QueueState {
  readonly backlog: number;
}

export interface QueueStep {
  readonly state: QueueState;
  /** Infinity while no replica is ready. */
  readonly p95Seconds: number;
  /** Requests a second that were served. */
  readonly servedPerSecond: number;
  /** Requests that gave up in this step. */
  readonly lost: number;
}

/** How long a client waits before it gives up. */
const patienceSeconds = 10;

export const emptyQueue: QueueState = { backlog: 0 };

/** A service of `ready` equal replicas over the next `seconds`, while `perSecond` requests arrive. */
export function stepQueue(
  state: QueueState,
  service: { readonly replica: ReplicaModel; readonly ready: number },
  load: { readonly perSecond: number; readonly seconds: number },
): QueueStep {
  const able = service.ready * service.replica.saturation;
  const waiting = state.backlog + load.perSecond * load.seconds;
  if (able === 0) {
    const kept = Math.min(waiting, load.perSecond * patienceSeconds);
    return { state: { backlog: kept }, p95Seconds: Number.POSITIVE_INFINITY, servedPerSecond: 0, lost: waiting - kept };
  }
  const served = Math.min(waiting, able * load.seconds);
  const left = waiting - served;
  const backlog = Math.min(left, able * patienceSeconds);
  const arriving = Math.min(load.perSecond, steadyUtilization * able) / service.ready;
  const p95Seconds = steadyP95(service.replica, arriving) + (state.backlog + backlog) / 2 / able;
  return { state: { backlog }, p95Seconds, servedPerSecond: served / load.seconds, lost: left - backlog };
}

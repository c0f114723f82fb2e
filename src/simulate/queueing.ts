/** The model of one replica as a queue: its highest throughput and its answer times. */
export interface ReplicaModel {
  /** Requests per second at which the replica is busy all the time. */
  readonly saturation: number;
  /** Seconds within which 95 % of requests are answered when none has to wait. */
  readonly idleSeconds: number;
  /** Seconds that waiting adds to it at the stated capacity. */
  readonly waitSeconds: number;
}

/** The utilization at the stated capacity: load tests stop where answers begin to be late. */
const capacityUtilization = 0.8;
/** The share of the objective that an idle replica uses for the work itself. */
const idleShare = 0.4;
/** Requests that a replica works on at the same time; shapes the curve of `waitShape`. */
const workers = 8;
/**
 * Utilization above which the backlog decides the answer time: close to saturation the load changes before the queue
 * reaches its steady state.
 */
const steadyUtilization = 0.97;

/**
 * Fits the model to a ScalingTarget: with exactly `capacityPerReplica` requests per second, 95 % are answered within
 * exactly `p95Milliseconds`.
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

/**
 * Seconds within which 95 % of requests are answered at a steady `perSecond` requests per replica; Infinity from
 * saturation on.
 */
export function steadyP95(replica: ReplicaModel, perSecond: number): number {
  const utilization = perSecond / replica.saturation;
  if (utilization >= 1) return Number.POSITIVE_INFINITY;
  return replica.idleSeconds + (replica.waitSeconds * waitShape(utilization)) / waitShape(capacityUtilization);
}

/**
 * Mean waiting time of a queue with `workers` servers, in service times: ρ^(√(2(c+1)) − 1) ÷ (c (1 − ρ)).
 *
 * @see Sakasegawa, "An approximation formula L_q ≃ α·ρ^β/(1−ρ)", Ann. Inst. Statist. Math. 29 (1977)
 */
export function waitShape(utilization: number): number {
  return utilization ** (Math.sqrt(2 * (workers + 1)) - 1) / (workers * (1 - utilization));
}

/** The requests that wait in front of a service; none waits longer than the client's patience. */
export interface QueueState {
  readonly backlog: number;
}

export interface QueueStep {
  readonly state: QueueState;
  /** Infinity while no replica is ready. */
  readonly p95Seconds: number;
  /** Requests served per second. */
  readonly servedPerSecond: number;
  /** Number of requests whose clients gave up in this step. */
  readonly lost: number;
}

/** Seconds after which a client gives up. */
const patienceSeconds = 10;

export const emptyQueue: QueueState = { backlog: 0 };

/** Advances the queue of a service with `ready` equal replicas by `seconds`, while `perSecond` requests arrive. */
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

import type { CallGraph, StatedCall } from '../../api/call-graph.ts';
import { fieldManager, letGoAnnotation } from '../../api/group.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { Paused, ScalingTarget } from '../../api/scaling-target.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import type { AcceptedNamespace } from './accept-namespace.ts';
import { type ActiveEmergency, activeEmergency, survivesRefusal } from './active-emergency.ts';
import { effectiveMode, type ModeSay, strictestPause } from './effective-mode.ts';
import type { Refusal } from './refusal.ts';
import { isAbove, isRaised, type Scaler, scalerOf } from './scaler.ts';

/** The state of one target before any number is planned: what scales it, and what may be done with it. */
export interface TargetStanding {
  readonly observed: TargetObservation;
  readonly name: string;
  readonly scaler: Scaler | undefined;
  readonly refusal?: Refusal;
  /** The calls stated in its spec. */
  readonly calls: readonly StatedCall[];
  /** Names of callees that do not exist (yet). */
  readonly unknownCallees: readonly string[];
  /** What took it out of mode Apply; absent in mode Apply. */
  readonly forecastOnlyBy?: ModeSay['by'] | 'deletion';
  readonly paused: Paused;
  /** The emergency in force; absent without one. */
  readonly emergency?: ActiveEmergency;
  /** Why bounds are only raised, in a sentence; absent while every cache is fresh. */
  readonly onlyRaises?: string;
}

/** What is forbidden in the whole namespace: by its policy, by what is wrong with that, and while caches are not fresh. */
export function namespacePause(
  { heldBy, onlyRaises }: Pick<AcceptedNamespace, 'heldBy' | 'onlyRaises'>,
  policy: Pick<ScalingPolicySpec, 'paused'>,
): Paused {
  const forbidden = strictestPause(heldBy?.paused ?? 'None', onlyRaises === undefined ? 'None' : 'Down');
  return strictestPause(forbidden, policy.paused);
}

/**
 * What is forbidden for one target. In an emergency only what people have forbidden counts: a doubt about objects or
 * caches does not keep bounds from being lowered.
 */
function targetPause(
  { spec }: Pick<ScalingTarget, 'spec'>,
  context: {
    readonly held: Pick<AcceptedNamespace, 'heldBy' | 'onlyRaises'>;
    readonly policy: ScalingPolicySpec;
    readonly emergency: ActiveEmergency | undefined;
  },
): Paused {
  const { held, policy, emergency } = context;
  if (emergency === undefined) return strictestPause(namespacePause(held, policy), spec.paused);
  return strictestPause(policy.paused, spec.paused);
}

export function targetStanding(input: {
  readonly observed: TargetObservation;
  readonly observation: Observation;
  readonly graph: CallGraph;
  readonly refusal: Refusal | undefined;
  /** What holds the whole namespace, in addition to the pauses of policy and target. */
  readonly held: Pick<AcceptedNamespace, 'heldBy' | 'onlyRaises'>;
}): TargetStanding {
  const { observed, observation, graph, refusal, held } = input;
  const { onlyRaises } = held;
  const { metadata, spec } = observed.target;
  const { policy, now } = observation;
  const forecastOnlyBy = whoForbids(observed, observation);
  const emergency = activeEmergency({ target: spec.emergency, policy: policy.emergency }, now);
  return {
    observed,
    name: metadata.name,
    scaler: scalerOf(observed),
    calls: graph.stated.get(metadata.name) ?? [],
    unknownCallees: graph.unknownCallees.get(metadata.name) ?? [],
    ...(refusal === undefined ? {} : { refusal }),
    ...(forecastOnlyBy === undefined ? {} : { forecastOnlyBy }),
    paused: targetPause(observed.target, { held, policy, emergency }),
    ...(emergency === undefined ? {} : { emergency }),
    ...(onlyRaises === undefined ? {} : { onlyRaises }),
  };
}

/** Whether a person has asked to let the target, which is being deleted, go as it is. */
export function isLetGo({ metadata }: Pick<ScalingTarget, 'metadata'>): boolean {
  return metadata.deletionTimestamp !== undefined && metadata.annotations?.[letGoAnnotation] === 'true';
}

/** Whether we have raised the target and not finished restoring it. */
export function standsRaised({ scaler }: TargetStanding): boolean {
  return scaler !== undefined && isRaised(scaler);
}

/**
 * Replicas that the target counts for in the namespace's total and in shared limits whatever is decided: its live
 * minimum, whoever set it, and at least its baseline. Of several HPAs the highest minimum counts.
 */
export function standingReplicas({ scaler, observed }: Pick<TargetStanding, 'scaler' | 'observed'>): number {
  const { minReplicas } = observed.target.spec.baseline;
  const live = scaler === undefined ? observed.autoscalers : [scaler];
  return Math.max(minReplicas, ...live.map(one => one.minReplicas));
}

/**
 * Replicas that the target keeps although we raise it to less: a minimum that another writer has set, and at least its
 * baseline. Replicas of a workload that we wrote ourselves are ours, also while its floor has sunk below them.
 */
export function keptReplicas({ scaler, observed }: Pick<TargetStanding, 'scaler' | 'observed'>): number {
  const { minReplicas } = observed.target.spec.baseline;
  const isTheirs =
    scaler !== undefined &&
    isAbove(scaler.minReplicas, scaler.floor) &&
    !(scaler.kind === 'Workload' && isRaised(scaler) && scaler.otherWriters[0] === fieldManager);
  return isTheirs ? Math.max(minReplicas, scaler.minReplicas) : minReplicas;
}

/** Replicas to which we have raised the target, and at least its baseline. */
export function raisedReplicas({ scaler, observed }: Pick<TargetStanding, 'scaler' | 'observed'>): number {
  const { minReplicas } = observed.target.spec.baseline;
  return scaler !== undefined && isRaised(scaler) ? Math.max(minReplicas, scaler.minReplicas) : minReplicas;
}

/** Describes the target's effective mode, and what decided it. */
export function describeMode({ forecastOnlyBy }: TargetStanding): string {
  if (forecastOnlyBy === undefined) return 'Mode Apply';
  return forecastOnlyBy === 'deletion'
    ? 'The target is being deleted'
    : `Mode ForecastOnly, decided by the ${forecastOnlyBy}`;
}

/** Whether a floor of the target may become a raise. */
export function mayRaise({ refusal, forecastOnlyBy, scaler, emergency }: TargetStanding): boolean {
  return survivesRefusal(emergency, refusal) && forecastOnlyBy === undefined && scaler !== undefined;
}

function whoForbids({ target }: TargetObservation, { policy }: Observation): TargetStanding['forecastOnlyBy'] {
  if (target.metadata.deletionTimestamp !== undefined) return 'deletion';
  return effectiveMode([
    { by: 'policy', mode: policy.mode },
    { by: 'target', mode: target.spec.mode },
  ]).decidedBy;
}

import { parseInstant } from '../../api/instant.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import { isReached, type Occurrence } from '../accept/occurrence.ts';
import type { Refusal } from '../accept/refusal.ts';
import { leadOfRaise } from '../lead-of-raise.ts';
import { rampMs } from '../ramp-up.ts';
import { isHeldDaily } from './hold-daily.ts';
import { type LateTarget, lateTargets, type TargetRaise } from './late-targets.ts';
import { type DueTimes, dueTimes } from './prescale-time.ts';
import type { NamespaceReplicas } from './replicas/replica-rule.ts';
import { warmReplicas } from './replicas/warm-replicas.ts';
import { waveOf, wholeWave } from './whole-wave.ts';

/** One sale and what is raised together with it. */
export interface DueInput {
  readonly occurrence: Occurrence;
  /** Replicas that are raised together with the sale, its own included. */
  readonly wave: NamespaceReplicas;
  readonly observation: Observation;
  readonly refused: ReadonlyMap<string, Refusal>;
}

/** The times as computed now; a recorded prescale time that has passed already stands. */
export function dueOf(input: DueInput): DueTimes {
  const { occurrence, observation, refused } = input;
  const { limits, now, policy, elsewhere = [] } = observation;
  const served = observation.targets.filter(({ target }) => !refused.has(target.metadata.name));
  const leads = served
    .filter(({ target }) => isReached(occurrence, target.metadata.name))
    .map(observed => leadOfRaise(observed, raisedPods(observed, input.wave)));
  const { start } = occurrence;
  const own = waveOf(raisesOf(input), limits.writesPerSecond);
  const { readyBeforeSeconds } = policy;
  const full = dueTimes({ start, wave: wholeWave(start, own, elsewhere), leadSeconds: leads, readyBeforeSeconds });
  const planned = { ...full, prescaleTime: full.prescaleTime - longestRampMs(input) };
  const stated = occurrence.record?.status?.plan?.prescaleTime;
  const recorded = stated === undefined ? planned.prescaleTime : parseInstant(stated);
  return recorded <= now ? { ...planned, prescaleTime: Math.min(planned.prescaleTime, recorded) } : planned;
}

/** Milliseconds of the longest ramp among the targets that a sale raises; one that is held daily has none. */
function longestRampMs({ occurrence, wave, observation, refused }: DueInput): number {
  if (isHeldDaily(occurrence)) return 0;
  const raised = observation.targets.filter(({ target: { metadata, spec } }) => {
    const replicas = isReached(occurrence, metadata.name) ? (wave.get(metadata.name)?.replicas ?? 0) : 0;
    return !refused.has(metadata.name) && replicas > spec.baseline.minReplicas;
  });
  return raised.reduce((longest, { target }) => Math.max(longest, rampMs(target.spec)), 0);
}

/** Lists the targets of a sale that cannot be ready at its start, given when it is due. */
export function lateTargetsOf(input: DueInput, due: number): readonly LateTarget[] {
  const { occurrence, observation } = input;
  const late = lateTargets({
    start: occurrence.start,
    prescaleTime: due,
    knownAt: knownSince(occurrence, observation),
    raises: raisesOf(input),
    elsewhere: observation.elsewhere ?? [],
    writesPerSecond: observation.limits.writesPerSecond,
  });
  return late.filter(({ target }) => isReached(occurrence, target));
}

/** Lists the targets that are raised together, with what each raise takes. */
function raisesOf({ wave, observation, refused }: DueInput): readonly TargetRaise[] {
  return observation.targets.flatMap(observed => {
    const { metadata, spec } = observed.target;
    const replicas = wave.get(metadata.name)?.replicas ?? 0;
    const pods = raisedPods(observed, wave);
    if (refused.has(metadata.name) || pods <= 0) return [];
    const isReady = warmReplicas(observed, observation.now) >= replicas;
    const leadTimeSeconds = leadOfRaise(observed, pods);
    return [{ target: metadata.name, tier: spec.tier, pods, leadTimeSeconds, isReady }];
  });
}

/** Pods that the wave starts of a target above its baseline; 0 or less where it starts none. */
function raisedPods({ target: { metadata, spec } }: TargetObservation, wave: NamespaceReplicas): number {
  return (wave.get(metadata.name)?.replicas ?? 0) - spec.baseline.minReplicas;
}

/** Whether a sale became known too late to be ready at its start. `latest`: the last time to raise it, epoch ms. */
export function isLate(occurrence: Occurrence, latest: number, observation: Observation): boolean {
  return knownSince(occurrence, observation) > latest;
}

/** The time (epoch ms, our clock) since when a sale is known: its SalePlan records it; without one it is new. */
export function knownSince({ record }: Occurrence, { now, clockSkewMs = 0 }: Observation): number {
  return record === undefined ? now : Date.parse(record.metadata.creationTimestamp ?? '') + clockSkewMs;
}

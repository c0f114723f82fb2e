import { parseInstant } from '../../api/instant.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Occurrence } from '../accept/occurrence.ts';
import type { Refusal } from '../accept/refusal.ts';
import { type DueTimes, dueTimes } from './prescale-time.ts';
import type { NamespaceReplicas } from './replicas/replica-rule.ts';

/** The times as computed now; a recorded prescale time that has passed already stands. */
export function dueOf(input: {
  readonly occurrence: Occurrence;
  /** Replicas that are raised together with the sale, its own included. */
  readonly wave: NamespaceReplicas;
  readonly observation: Observation;
  readonly refused: ReadonlyMap<string, Refusal>;
}): DueTimes {
  const { occurrence, observation, refused } = input;
  const { limits, now, policy } = observation;
  const served = observation.targets.filter(({ target }) => !refused.has(target.metadata.name));
  const extras = served
    .map(({ target: { metadata, spec } }) => (input.wave.get(metadata.name)?.replicas ?? 0) - spec.baseline.minReplicas)
    .filter(extra => extra > 0);
  const leads = served
    .filter(({ target }) => occurrence.reaches.includes(target.metadata.name))
    .map(({ leadTime }) => leadTime.seconds);
  const wave = {
    raises: extras.length,
    pods: extras.reduce((sum, extra) => sum + extra, 0),
    writesPerSecond: limits.writesPerSecond,
  };
  const { readyBeforeSeconds } = policy;
  const planned = dueTimes({ start: occurrence.start, wave, leadSeconds: leads, readyBeforeSeconds });
  const stated = occurrence.record?.status?.plan?.prescaleTime;
  const recorded = stated === undefined ? planned.prescaleTime : parseInstant(stated);
  return recorded <= now ? { ...planned, prescaleTime: Math.min(planned.prescaleTime, recorded) } : planned;
}

/**
 * Whether a sale became known too late to be ready at its start: its SalePlan records since when it is known; without
 * one it is new.
 */
export function isLate({ record }: Occurrence, latest: number, now: number): boolean {
  const known = record === undefined ? now : Date.parse(record.metadata.creationTimestamp ?? '');
  return known > latest;
}

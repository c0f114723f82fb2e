import { parseInstant } from '../../api/instant.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Refusal } from '../accept/refusal.ts';
import type { Occurrence } from '../accept/sale-occurrences.ts';
import { prescaleTime } from './prescale-time.ts';
import type { NamespaceReplicas } from './replicas/replica-rule.ts';

/** The prescale time as computed now, or the recorded one if that has passed already. */
export function dueTime(input: {
  readonly occurrence: Occurrence;
  /** Replicas that are raised together with the sale, its own included. */
  readonly wave: NamespaceReplicas;
  readonly observation: Observation;
  readonly refused: ReadonlyMap<string, Refusal>;
}): number {
  const { occurrence, observation, refused } = input;
  const { limits, now } = observation;
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
  const planned = prescaleTime(occurrence.start, wave, leads);
  const stated = occurrence.record?.status?.plan?.prescaleTime;
  const recorded = stated === undefined ? planned : parseInstant(stated);
  return recorded <= now ? Math.min(planned, recorded) : planned;
}

/** Whether a sale became known after it was due: its SalePlan records since when it is known; without one it is new. */
export function isLate({ record }: Occurrence, due: number, now: number): boolean {
  const known = record === undefined ? now : Date.parse(record.metadata.creationTimestamp ?? '');
  return known > due;
}

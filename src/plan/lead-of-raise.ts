import { nodeLeadTime } from '../learn/lead-time/estimate-lead-time.ts';
import { leadTimeEvidence, leadTimeOfRaise } from '../learn/lead-time/measured-lead-time.ts';
import type { TargetObservation } from '../observe/observation.ts';

/** Estimates that were made, by the scale-ups they rest on, which a target keeps until another one is seen. */
const made = new WeakMap<object, Map<string, number>>();

/**
 * The lead time of a raise that starts so many pods of a target, in seconds, its warm-up included: P95 of what its
 * scale-ups took, as estimate-lead-time.ts limits it; without any, the target's lead time.
 */
export function leadOfRaise({ target, leadTime }: TargetObservation, pods: number): number {
  const recorded = target.status?.scaleUps;
  if (recorded === undefined || recorded.length === 0 || pods <= 0) return leadTime.seconds;
  const seconds = onceFor(recorded, `${keyOf(target)} ${pods}`, () => estimated(target, pods));
  return Number.isNaN(seconds) ? leadTime.seconds : seconds + (leadTime.warmUpSeconds ?? 0);
}

/**
 * The lead time of a raise of so many pods of a target that need new nodes, in seconds: P95 of its scale-ups that needed
 * some, else what is stated.
 */
export function leadOfNodes({ target }: Pick<TargetObservation, 'target'>, pods: number): number {
  const recorded = target.status?.scaleUps;
  if (recorded === undefined || recorded.length === 0) return target.spec.leadTimeSeconds;
  return onceFor(recorded, `${keyOf(target)} nodes ${pods}`, () => {
    const { scaleUps, statedSeconds } = leadTimeEvidence(target);
    return nodeLeadTime(scaleUps, pods, statedSeconds).seconds;
  });
}

/** Computes a number once for the scale-ups that it rests on. */
function onceFor(recorded: object, key: string, compute: () => number): number {
  const known = made.get(recorded) ?? new Map<string, number>();
  made.set(recorded, known);
  const seconds = known.get(key) ?? compute();
  known.set(key, seconds);
  return seconds;
}

function keyOf({ spec: { workloadRef, leadTimeSeconds } }: TargetObservation['target']): string {
  return `${workloadRef.name} ${leadTimeSeconds}`;
}

/** The estimate in seconds, without the warm-up; NaN where no scale-up is of the workload that is named now. */
function estimated(target: TargetObservation['target'], pods: number): number {
  const evidence = leadTimeEvidence(target);
  return evidence.scaleUps.length === 0 ? Number.NaN : leadTimeOfRaise(evidence, pods).seconds;
}

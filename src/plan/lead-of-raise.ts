import { leadTimeEvidence, leadTimeOfRaise } from '../learn/lead-time/measured-lead-time.ts';
import type { TargetObservation } from '../observe/observation.ts';

/**
 * The lead time of a raise that starts so many pods of a target, in seconds, its warm-up included: P95 of what its
 * scale-ups took, as estimate-lead-time.ts limits it; without any, the target's lead time.
 */
export function leadOfRaise({ target, leadTime }: TargetObservation, pods: number): number {
  const evidence = leadTimeEvidence(target);
  if (evidence.scaleUps.length === 0 || pods <= 0) return leadTime.seconds;
  return leadTimeOfRaise(evidence, pods).seconds + (leadTime.warmUpSeconds ?? 0);
}

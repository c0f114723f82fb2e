import type { ScalingTarget } from '../../api/scaling-target.ts';
import { describeCalls } from '../calls/describe-calls.ts';
import { describeCapacity } from '../capacity/describe-capacity.ts';
import { describeLeadTime } from '../lead-time/describe-lead-time.ts';
import { leadTimeEvidence } from '../lead-time/measured-lead-time.ts';

/** Says what was learned of a target and what it rests on, a sentence each: lead time, capacity, calls that differ. */
export function describeLearned(
  target: ScalingTarget,
  now: number,
): readonly (readonly [what: 'lead time' | 'capacity' | 'calls', sentence: string])[] {
  return [
    ['lead time', describeLeadTime(leadTimeEvidence(target))],
    ['capacity', describeCapacity(target, now)],
    ...describeCalls(target).map(sentence => ['calls', sentence] as const),
  ];
}

import { describeOrdinaryWeek } from '../../api/learned/describe-ordinary-week.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { describeCalls } from '../calls/describe-calls.ts';
import { describeCapacity } from '../capacity/describe-capacity.ts';
import { describeLeadTime } from '../lead-time/describe-lead-time.ts';
import { leadTimeEvidence } from '../lead-time/measured-lead-time.ts';

/**
 * Says what was learned of a target and what it rests on, a sentence each: lead time, capacity, calls that differ,
 * and what raising ordinary peaks saved and cost.
 */
export function describeLearned(
  target: ScalingTarget,
  now: number,
): readonly (readonly [what: 'lead time' | 'capacity' | 'calls' | 'ordinary peaks', sentence: string])[] {
  const week = target.status?.ordinaryPeaks;
  return [
    ['lead time', describeLeadTime(leadTimeEvidence(target))],
    ['capacity', describeCapacity(target, now)],
    ...describeCalls(target).map(sentence => ['calls', sentence] as const),
    ...(week === undefined ? [] : [['ordinary peaks', `${describeOrdinaryWeek(week)}.`] as const]),
  ];
}

import { formatDuration } from '../../api/duration.ts';
import type { ScaleUpRecord } from '../../api/learned/scale-up.ts';
import { enoughScaleUps } from './estimate-lead-time.ts';
import { type LeadTimeEvidence, largestRaise, leadTimeOfRaise } from './measured-lead-time.ts';

/**
 * Describes the lead time of a target and what it rests on, in one sentence.
 *
 * @example "74 s for 30 replicas (90 s stated): P95 of 8 scale-ups by 4 to 30 replicas that took 38 s to 71 s."
 */
export function describeLeadTime(evidence: LeadTimeEvidence): string {
  const { scaleUps, statedSeconds } = evidence;
  const measured = scaleUps.flatMap(({ seconds }) => (seconds === undefined ? [] : [seconds]));
  const stated = formatDuration(statedSeconds);
  if (measured.length === 0)
    return `${stated}, as stated: no scale-up was measured yet.${describeNeverReady(scaleUps)}`;
  const largest = largestRaise(scaleUps);
  const { seconds, source, nodeProbability } = leadTimeOfRaise(evidence);
  const sizes = describeRange(scaleUps.map(({ added }) => added).sort(ascending), String);
  const times = describeRange(measured.sort(ascending), formatDuration);
  const count = measured.length === 1 ? '1 scale-up' : `${measured.length} scale-ups`;
  const seen = `${count} by ${sizes} replicas that took ${times}`;
  const nodes = scaleUps.some(({ neededNodes }) => neededNodes === true)
    ? ` A raise by ${largest} needs new nodes with a probability of ${Math.round(nodeProbability * 100)} %.`
    : '';
  const basis =
    source === 'Measured'
      ? `${formatDuration(seconds)} for ${largest} replicas (${stated} stated): P95 of ${seen}.`
      : `${stated}, as stated: ${seen} are no reason for less${measured.length < enoughScaleUps ? ` before there are ${enoughScaleUps}` : ''}.`;
  return `${basis}${nodes}${describeNeverReady(scaleUps)}`;
}

function describeNeverReady(scaleUps: readonly ScaleUpRecord[]): string {
  const never = scaleUps.filter(({ seconds }) => seconds === undefined);
  if (never.length === 0) return '';
  const times = never.map(({ at, added }) => `by ${added} replicas at ${at}`).join(', ');
  return ` Not all pods of the scale-up ${times} were ready within an hour: while it is kept, the stated time is the least.`;
}

function describeRange(sorted: readonly number[], format: (value: number) => string): string {
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  return least === most ? format(least) : `${format(least)} to ${format(most)}`;
}

function ascending(one: number, other: number): number {
  return one - other;
}

import { formatDuration } from '../../api/duration.ts';
import { formatInstant } from '../../api/instant.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { Limits, TargetObservation } from '../../observe/observation.ts';
import type { Scaler } from '../accept/scaler.ts';
import { type Curve, stepAt } from '../demand/curve.ts';
import { rampDown } from './ramp-down.ts';
import { peakNeed, recordedNeed, saleNeeds } from './replica-needs.ts';
import type { Hold, ReplicaNeed, TargetNeeds } from './replicas/replica-rule.ts';
import { peakOver, type SaleNeed } from './sale-need.ts';

export interface FloorInput {
  /** Epoch ms. */
  readonly now: number;
  readonly target: TargetObservation;
  readonly scaler: Scaler | undefined;
  /** The sales whose prescale time has come and that are not over. */
  readonly covering: readonly SaleNeed[];
  /** The most replicas that one of them needs at any time, before any cut. */
  readonly peak: number;
  /** Ordinary demand just ahead; absent where `ordinaryPeaks` is off. */
  readonly ordinary: Curve | Missing | undefined;
  readonly policy: ScalingPolicySpec;
  readonly limits: Limits;
}

/**
 * The law of the floor: the highest of
 *
 *   what                        when                                  how much
 *   ordinary demand             `ordinaryPeaks`                       P95 over [now, now + lead time + tick]
 *   each covering sale          prescaleTime ≤ now < end              P95 over [max(now, start), end]
 *   … without demand            the same                              the highest step of its SalePlan, else a guess that is told
 *   what already holds          while one of these covers now,        the live floor
 *                               unless it may sink
 *
 * It may sink only with fresh actuals, after the forecast's peak of every covering sale, at most at the policy's rate.
 * So at prescaleTime it covers the whole sale, and an operator that dies for good then leaves no minute short.
 * Undefined when nothing asks for a floor; one at or below the baseline asks for nothing more than the baseline. What it
 * comes to in replicas is the chain's to say (replicas/replica-chain.ts).
 */
export function planFloor(input: FloorInput): TargetNeeds | undefined {
  const { covering, scaler, now } = input;
  const needs = [...covering.flatMap(need => saleNeeds(need, now)), ...ordinaryNeeds(input)];
  if (needs.length === 0) return undefined;
  const live = scaler?.floor;
  return live === undefined ? { needs } : { needs, hold: holdOf(live, input) };
}

function ordinaryNeeds({ ordinary, now, target, limits }: FloorInput): readonly ReplicaNeed[] {
  if (ordinary === undefined) return [];
  if (isMissing(ordinary)) {
    const { minReplicas } = target.target.spec.baseline;
    return [recordedNeed(minReplicas, `No demand (${ordinary.missing}): ${minReplicas} replicas, the baseline`)];
  }
  const from = stepAt(ordinary, now);
  const until = now + (target.leadTime.seconds + limits.tickSeconds) * 1000;
  const to = Math.max(from + 1, Math.min(ordinary.steps, stepAt(ordinary, until) + 1));
  return [peakNeed({ curve: ordinary, from, to, reason: 'OrdinaryPeak', whose: 'an ordinary day' })];
}

/** What of the live floor has to hold when less is wanted. */
function holdOf(live: number, input: FloorInput): Hold {
  const doubt = doubtOf(input);
  if (doubt !== undefined) return { replicas: live, message: () => `${live} replicas are held: ${doubt}` };
  const { scaler, policy, now } = input;
  const peak = Math.max(live, input.peak);
  const replicas = rampDown({ live, wanted: 0, peak, policy, writtenAt: scaler?.writtenAt, now });
  return {
    replicas,
    message: wanted => `${replicas} replicas on the way down to ${wanted}, at the policy's rampDown`,
  };
}

/** Why the floor may not sink now; undefined when it may. */
function doubtOf({ target: { demand }, covering, limits, now }: FloorInput): string | undefined {
  if (isMissing(demand)) return `demand is unknown (${demand.missing})`;
  if (demand.ageSeconds > limits.staleAfterSeconds) {
    return `the newest demand is ${formatDuration(demand.ageSeconds)} old`;
  }
  for (const need of covering) {
    const over = peakOver(need);
    if (over === undefined) return `${need.occurrence.sale} has no forecast`;
    if (now < over) return `the forecast's peak of ${need.occurrence.sale}, until ${formatInstant(over)}, is not over`;
  }
  return undefined;
}

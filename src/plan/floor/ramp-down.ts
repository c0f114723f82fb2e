import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';

const minuteMs = 60_000;

/**
 * Computes how far a minimum may be lowered at once towards `wanted`, which is below `live`.
 *
 *   policy.rampDown    our last write    →  minimum
 *   absent             any                  wanted, in one write
 *   20 % per minute    < 1 min ago          live
 *   20 % per minute    ≥ 1 min ago          live − 20 % of the peak (one replica at least), not below wanted
 *
 * The pace depends on the live object's own record of our last write, so that a restart or extra reconcile changes
 * nothing.
 */
export function rampDown(input: {
  readonly live: number;
  readonly wanted: number;
  /** The highest minimum of the sale, in replicas. */
  readonly peak: number;
  readonly policy: ScalingPolicySpec;
  /** Epoch ms. */
  readonly writtenAt: number | undefined;
  readonly now: number;
}): number {
  const { live, wanted, peak, policy, writtenAt, now } = input;
  if (policy.rampDown === undefined) return wanted;
  if (writtenAt !== undefined && now - writtenAt < minuteMs) return live;
  const step = Math.max(1, Math.floor((Math.max(peak, live) * policy.rampDown.percentPerMinute) / 100));
  return Math.max(wanted, live - step);
}

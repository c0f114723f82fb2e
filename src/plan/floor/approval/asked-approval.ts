import type { FlashSaleSpec } from '../../../api/flash-sale.ts';
import type { ScalingPolicySpec } from '../../../api/scaling-policy.ts';

/** What a sale's plan must be approved for. */
export interface AskedApproval {
  /** What is above the policy's thresholds, in words; empty when the plan needs no approval. */
  readonly reasons: readonly string[];
  /** Share (0–1) of each target's needed replicas up to which its peak needs no approval. */
  readonly freeShare: number;
  /** Whether it adds more replicas than `aboveExtraReplicas`, which are then raised without approval. */
  readonly isWide: boolean;
}

/**
 * Decides what of a plan needs approval. Sales that overlap count together, in the peak and in the replicas.
 *
 *   highest of stated and forecast peak    replicas added     →  asks for    raised without approval
 *   ≤ abovePeakPercent, or none is set     ≤ the other            nothing     all
 *   above it                               ≤ the other            the peak    needed × abovePeakPercent ÷ peak
 *   ≤ it                                   > aboveExtraReplicas   the rest    aboveExtraReplicas, by tier
 *   above it                               > aboveExtraReplicas   both        the smaller of both, target by target
 *   unknown                                any                    the rest    as without abovePeakPercent
 */
export function askedApproval(
  { abovePeakPercent, aboveExtraReplicas }: NonNullable<ScalingPolicySpec['approval']>,
  plan: {
    /** Highest stated or forecast peak of all overlapping sales, in percent; absent when none is known. */
    readonly peakPercent: number | undefined;
    /** Replicas that all overlapping sales add to the baselines. */
    readonly extraReplicas: number;
    /** Names of the overlapping sales. */
    readonly others: readonly string[];
  },
): AskedApproval {
  const { peakPercent = 0, extraReplicas, others } = plan;
  const isHigh = abovePeakPercent !== undefined && peakPercent > abovePeakPercent;
  const isWide = aboveExtraReplicas !== undefined && extraReplicas > aboveExtraReplicas;
  const beside = others.length === 0 ? '' : ` together with ${others.join(', ')}`;
  return {
    reasons: [
      ...(isHigh ? [`its peak of ${peakPercent} %${beside} is above abovePeakPercent ${abovePeakPercent}`] : []),
      ...(isWide
        ? [`its ${extraReplicas} extra replicas${beside} are above aboveExtraReplicas ${aboveExtraReplicas}`]
        : []),
    ],
    freeShare: isHigh ? abovePeakPercent / peakPercent : 1,
    isWide,
  };
}

/**
 * The peak that overlapping sales state together, in percent: what each adds to an ordinary minute is added up, and of
 * one `audienceGroup` only the largest. `minPeakPercent` counts as stated. Undefined when none states a peak.
 */
export function statedPeak(
  specs: readonly Pick<FlashSaleSpec, 'expectedPeakPercent' | 'minPeakPercent' | 'audienceGroup'>[],
): number | undefined {
  const stated = specs.filter(
    ({ expectedPeakPercent, minPeakPercent }) => expectedPeakPercent !== undefined || minPeakPercent !== undefined,
  );
  if (stated.length === 0) return undefined;
  const groups = Map.groupBy(stated, spec => spec.audienceGroup ?? spec);
  const added = [...groups.values()].map(group =>
    Math.max(
      ...group.map(
        ({ expectedPeakPercent = 0, minPeakPercent = 0 }) => Math.max(expectedPeakPercent, minPeakPercent) - 100,
      ),
    ),
  );
  return 100 + added.reduce((sum, percent) => sum + percent, 0);
}

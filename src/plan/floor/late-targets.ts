import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import { tierRank, tiers } from '../../api/tier.ts';
import type { Raises } from '../../observe/raises.ts';
import { waveSeconds } from '../wave-seconds.ts';
import { raisesNear, waveOf } from './whole-wave.ts';

/** One target that a sale raises. */
export interface TargetRaise {
  readonly target: string;
  readonly tier: ScalingTargetSpec['tier'];
  /** Pods that the raise starts. */
  readonly pods: number;
  readonly leadTimeSeconds: number;
  /** Whether so many replicas are ready already. */
  readonly isReady: boolean;
}

/** A target whose raise cannot be ready before the sale starts. */
export interface LateTarget {
  readonly target: string;
  /** Whole seconds from the sale's start until its pods are ready. */
  readonly lateSeconds: number;
}

/**
 * Lists the targets that are ready only after the start, the most critical first, as soon as this is known. Targets
 * are raised in the order of their tiers, over all namespaces, from when the last of the sales concerned was known:
 *
 *   ready  =  max(prescaleTime, known)  +  wave of all raises of its tier and of more critical ones  +  lead time
 */
export function lateTargets(input: {
  /** Start of the sale, epoch ms. */
  readonly start: number;
  /** Epoch ms. */
  readonly prescaleTime: number;
  /** Epoch ms from which the sale is known. */
  readonly knownAt: number;
  readonly raises: readonly TargetRaise[];
  readonly elsewhere: readonly Raises[];
  readonly writesPerSecond: number;
}): readonly LateTarget[] {
  const { start, prescaleTime, knownAt, raises, elsewhere, writesPerSecond } = input;
  const waveEnd = (tier: ScalingTargetSpec['tier']) => {
    const isBefore = (raise: { readonly tier: ScalingTargetSpec['tier'] }) => tierRank(raise.tier) <= tierRank(tier);
    const own = raises.filter(isBefore);
    const others = raisesNear(start, waveOf(own, writesPerSecond), elsewhere.filter(isBefore));
    const begin = Math.max(prescaleTime, knownAt, ...others.map(other => other.knownAt));
    return (begin - start) / 1000 + waveSeconds(waveOf([...own, ...others], writesPerSecond));
  };
  const waveEnds = new Map(tiers.map(tier => [tier, waveEnd(tier)]));
  return raises
    .filter(({ isReady }) => !isReady)
    .map(({ target, tier, leadTimeSeconds }) => {
      const lateSeconds = Math.ceil((waveEnds.get(tier) ?? 0) + leadTimeSeconds);
      return { target, tier, lateSeconds };
    })
    .filter(({ lateSeconds }) => lateSeconds > 0)
    .sort((a, b) => tierRank(a.tier) - tierRank(b.tier) || (a.target < b.target ? -1 : 1))
    .map(({ target, lateSeconds }) => ({ target, lateSeconds }));
}

import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import { tierRank } from '../../api/tier.ts';
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
  return raises
    .filter(({ isReady }) => !isReady)
    .map(raise => {
      const isBefore = ({ tier }: { readonly tier: ScalingTargetSpec['tier'] }) =>
        tierRank(tier) <= tierRank(raise.tier);
      const own = raises.filter(isBefore);
      const wave = waveOf(own, writesPerSecond);
      const others = raisesNear(start, wave, elsewhere.filter(isBefore));
      const begin = Math.max(prescaleTime, knownAt, ...others.map(other => other.knownAt));
      const seconds = waveSeconds(waveOf([...own, ...others], writesPerSecond)) + raise.leadTimeSeconds;
      return { target: raise.target, tier: raise.tier, lateSeconds: Math.ceil((begin - start) / 1000 + seconds) };
    })
    .filter(({ lateSeconds }) => lateSeconds > 0)
    .sort((a, b) => tierRank(a.tier) - tierRank(b.tier) || (a.target < b.target ? -1 : 1))
    .map(({ target, lateSeconds }) => ({ target, lateSeconds }));
}

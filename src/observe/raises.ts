import type { ScalingTargetSpec } from '../api/scaling-target.ts';

/** Raises in one tier that sales of one start need. */
export interface Raises {
  /** Start of the sales, epoch ms. */
  readonly start: number;
  readonly tier: ScalingTargetSpec['tier'];
  /** Number of HPAs and workloads to raise. */
  readonly raises: number;
  /** Number of pods that the raises start. */
  readonly pods: number;
  /** Epoch ms from which the newest of these sales is known. */
  readonly knownAt: number;
}

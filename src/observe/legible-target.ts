import type { ScalingTarget } from '../api/scaling-target.ts';
import type { ReadObject } from './namespace-objects.ts';

/** A ScalingTarget, or the readable part of one, and why the rest is not served. */
export interface LegibleTarget {
  readonly metadata: ScalingTarget['metadata'];
  readonly target: ScalingTarget;
  readonly unreadable?: string;
  readonly leftOut?: string;
}

/**
 * Returns the target, or the readable part of one that must still be restored; its status says why it is not served.
 */
export function legibleTarget(read: ReadObject<ScalingTarget>): readonly LegibleTarget[] {
  if ('value' in read) {
    const { value, leftOut } = read;
    return [{ metadata: value.metadata, target: value, ...(leftOut === undefined ? {} : { leftOut }) }];
  }
  const { salvaged, unreadable } = read;
  return salvaged === undefined
    ? []
    : [{ metadata: salvaged.metadata, target: salvaged, unreadable: unreadable.message }];
}

import type { ScalingTargetSpec } from '../api/scaling-target.ts';

/** Equal steps in which a target is raised. */
interface RampSteps {
  readonly count: number;
  /** Milliseconds from one step to the next. */
  readonly everyMs: number;
}

/**
 * Converts a target's `rampUp` to steps; undefined when it is raised in one write.
 *
 *   rampUp                            →  steps
 *   percentPerMinute: 30                 4, a minute apart: 30, 60, 90, 100 %
 *   steps: 5, everySeconds: 120          5, two minutes apart: 20, 40, 60, 80, 100 %
 */
function rampSteps({
  rampUp,
}: Pick<ScalingTargetSpec, 'rampUp'>): (RampSteps & { readonly share: number }) | undefined {
  if (rampUp === undefined) return undefined;
  const { percentPerMinute, steps = 1, everySeconds = 60 } = rampUp;
  if (percentPerMinute === undefined) return { count: steps, everyMs: everySeconds * 1000, share: 1 / steps };
  return { count: Math.ceil(100 / percentPerMinute), everyMs: 60_000, share: percentPerMinute / 100 };
}

/** Milliseconds from the first step of a target's ramp to its last, which raises it in full; 0 without a ramp. */
export function rampMs(spec: Pick<ScalingTargetSpec, 'rampUp'>): number {
  const steps = rampSteps(spec);
  return steps === undefined ? 0 : (steps.count - 1) * steps.everyMs;
}

/**
 * Share (0–1) of its raise that a target is given at `now`, when all of it is due at `fullAt`; both in epoch ms. It
 * follows from the time alone, so that a raise that begins late skips the steps that have passed.
 */
export function rampShare(spec: Pick<ScalingTargetSpec, 'rampUp'>, now: number, fullAt: number): number {
  const steps = rampSteps(spec);
  if (steps === undefined || now >= fullAt) return 1;
  const left = Math.ceil((fullAt - now) / steps.everyMs);
  return Math.max(0, Math.min(1, (steps.count - left) * steps.share));
}

/** The times (epoch ms) at which a target's ramp takes a step, the last one at `fullAt`. */
export function rampTimes(spec: Pick<ScalingTargetSpec, 'rampUp'>, fullAt: number): readonly number[] {
  const { count, everyMs } = rampSteps(spec) ?? { count: 1, everyMs: 0 };
  return Array.from({ length: count }, (_, nth) => fullAt - (count - 1 - nth) * everyMs);
}

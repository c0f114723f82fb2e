import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { TargetObservation } from '../../observe/observation.ts';
import { targetClock } from '../../observe/target-clock.ts';

/** Adds the clock that the target or the policy states; else that of --time-zone. */
export function withClock(
  observed: TargetObservation,
  input: {
    readonly policy: Pick<ScalingPolicySpec, 'demandDefaults'>;
    readonly now: number;
    readonly timeZone: string | undefined;
  },
): TargetObservation {
  const { policy, now, timeZone } = input;
  const { demandDefaults } = policy;
  const zone = demandDefaults?.timeZone ?? timeZone;
  const stated = { demandDefaults: { ...demandDefaults, ...(zone === undefined ? {} : { timeZone: zone }) } };
  const clock = targetClock(observed.target.spec, stated, now);
  return clock === undefined ? observed : { ...observed, clock };
}

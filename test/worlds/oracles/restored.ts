import { emergencyOf, forbidden, isRaised, type Look, liveOf, minimumAfter, type Oracle } from './look.ts';

/**
 * Invariant 8: planned again once it is written, nothing changes any more; `again` is the plan of the same instant. Only
 * a maximum still goes down, because fewer pods run once the minimum is lowered.
 */
export function settles({ now, plan }: Look, again: Look): readonly string[] {
  return again.observation.targets.flatMap(observed => {
    const live = liveOf(observed);
    const planned = again.plan.targets.find(({ target }) => target === observed.target.metadata.name);
    if (live === undefined || planned === undefined || planned.action !== 'Write') return [];
    const isSame = live.isWorkload
      ? planned.replicas === undefined || planned.replicas === live.min
      : planned.bounds.minReplicas === live.min && planned.bounds.maxReplicas === live.max;
    const first = plan.targets.find(({ target }) => target === planned.target);
    const isLower =
      !live.isWorkload && planned.bounds.minReplicas === live.min && planned.bounds.maxReplicas < live.max;
    const isRestoring = isLower || (first?.action === 'Write' && first.floor === undefined);
    const isMarked = live.isWorkload || (planned.floor === live.floor && planned.floorMax === live.floorMax);
    return (isSame && isMarked) || isRestoring
      ? []
      : [
          `8: ${planned.target} is written once more at ${new Date(now).toISOString()}: ${live.min}..${live.max} ${planned.change ?? 'its marks'}`,
        ];
  });
}

/**
 * Invariant 5: at the last look, some minutes after everything is over, nothing of ours is left and nothing is written,
 * where nobody forbids it and nothing else asks for a floor.
 */
export const isRestored: Oracle = ({ observation, plan }) =>
  observation.targets.flatMap(observed => {
    const { name } = observed.target.metadata;
    const live = liveOf(observed);
    const planned = plan.targets.find(({ target }) => target === name);
    const isHeld =
      forbidden(observed, observation).down ||
      observed.target.spec.ordinaryPeaks ||
      emergencyOf(observed, observation) !== undefined ||
      observed.target.metadata.annotations?.['headstart.dev/let-go'] === 'true' ||
      (live?.isWorkload === true &&
        observed.demand !== undefined &&
        ('missing' in observed.demand || observed.demand.ageSeconds > 300));
    if (live === undefined || planned === undefined || isHeld) return [];
    const isOrdinary =
      !live.isWorkload && live.floor === undefined && live.running > observed.target.spec.baseline.maxReplicas;
    const isLower = minimumAfter(live, planned) < live.min || planned.bounds.maxReplicas < live.max;
    const isSinking = observation.policy.rampDown !== undefined && isLower;
    const needed =
      isOrdinary || isSinking || (live.isWorkload && live.floor !== undefined && planned.replicas === live.min);
    return [
      ...(isRaised(live) && !needed
        ? [`5: ${name} is still raised: ${live.min}..${live.max}, ${planned.because.at(-1)?.message}`]
        : []),
      ...(planned.action === 'Write' && !needed
        ? [`5: ${name} is still written: ${planned.change ?? 'its marks'}`]
        : []),
    ];
  });

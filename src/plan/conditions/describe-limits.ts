import { didYouMean } from '../../api/faults/closest-word.ts';
import type { ScalingPolicySpec } from '../../api/scaling-policy.ts';
import type { ScalingTargetSpec } from '../../api/scaling-target.ts';
import type { Observation } from '../../observe/observation.ts';
import { sharedLimits } from '../floor/replicas/shared-limits.ts';

type Limits = NonNullable<ScalingPolicySpec['limits']>;

/** Describes the limits that a target uses and the policy does not state, each after a space; empty without any. */
export function unstatedLimits(
  { uses = [] }: Pick<ScalingTargetSpec, 'uses'>,
  { limits = [] }: { readonly limits?: Limits | undefined },
): string {
  const stated = limits.map(({ name }) => name);
  const unstated = uses.map(({ limit }) => limit).filter(limit => !stated.includes(limit));
  return unstated
    .map(limit => {
      const hint = didYouMean(limit, stated);
      return ` It uses limit ${limit}, which the policy does not state: it binds nothing${hint === '' ? '.' : hint}`;
    })
    .join('');
}

/** Describes each limit of the policy that does not do what one would expect of it, in sentences; empty without any. */
export function limitNotes({ targets, policy }: Pick<Observation, 'targets' | 'policy'>): readonly string[] {
  const shared = new Map(sharedLimits(targets, policy).map(limit => [limit.name, limit]));
  const baselines = new Map(
    targets.map(({ target: { metadata, spec } }) => [metadata.name, spec.baseline.minReplicas]),
  );
  return (policy.limits ?? []).flatMap(({ name, total }) => {
    const limit = shared.get(name);
    if (limit === undefined) return [`Limit ${name} is used by no ScalingTarget: it binds nothing.`];
    const kept = limit.users.reduce((sum, { target, units }) => sum + units(baselines.get(target) ?? 0), 0);
    if (kept <= total) return [];
    const used = Math.ceil(kept);
    const why =
      total === 0
        ? `Limit ${name} has a total of 0, and the baselines use ${used}`
        : `Limit ${name} of ${total} is less than the baselines use, ${used}`;
    return [`${why}: its targets stay at their baselines.`];
  });
}

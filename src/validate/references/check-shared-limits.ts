import { didYouMean } from '../../api/faults/closest-word.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { scalingPoliciesOf, scalingTargetsOf } from '../../manifests/our-objects.ts';
import type { Remark, Rule } from '../finding.ts';

/**
 * Checks that each shared limit which a ScalingTarget uses is stated by the ScalingPolicy of its namespace: one that is
 * not stated binds nothing. Without a policy among the files it may be elsewhere, so the message says what is missing.
 */
export const checkSharedLimits: Rule = {
  code: 'unstated-limit',
  check: objects => [...Map.groupBy(objects, object => object.namespace).values()].flatMap(checkNamespace),
};

function checkNamespace(objects: readonly ManifestObject[]): readonly Remark[] {
  const policies = scalingPoliciesOf(objects);
  const stated = policies.flatMap(({ policy }) => policy.spec.limits ?? []).map(({ name }) => name);
  // What a policy that cannot be read states is not known: the rule `schema` reports it.
  if (objects.filter(({ kind }) => kind === 'ScalingPolicy').length > policies.length) return [];
  const where = policies.length === 0 ? ', for there is no ScalingPolicy among the files' : ' by the ScalingPolicy';
  return scalingTargetsOf(objects).flatMap(({ object, target }) =>
    (target.spec.uses ?? []).flatMap(({ limit }, index): readonly Remark[] => {
      if (stated.includes(limit)) return [];
      const message = `uses limit ${limit}, which is not stated${where}: it binds nothing${didYouMean(limit, stated)}`;
      return [{ object, field: ['spec', 'uses', index, 'limit'], severity: 'warning', message }];
    }),
  );
}

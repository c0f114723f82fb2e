import { defaultPolicySpec, policyName, type ScalingPolicySpec, scalingPolicySchema } from '../api/scaling-policy.ts';
import type { UnparsedObject } from '../kube/resources/wire.ts';
import type { PolicyRecord } from './namespace-objects.ts';

/**
 * Returns the policy in force: the one named `default`, else the defaults. A policy that cannot be read as a whole
 * applies with its readable fields, the others count as absent, and nothing is lowered meanwhile.
 */
export function effectivePolicy(policies: readonly PolicyRecord[]): ScalingPolicySpec {
  const policy = policies.find(({ name }) => name === policyName);
  if (policy === undefined) return defaultPolicySpec();
  return 'value' in policy.read ? policy.read.value.spec : salvagePolicy(policy.raw);
}

function salvagePolicy(raw: UnparsedObject): ScalingPolicySpec {
  const schema = scalingPolicySchema.shape.spec;
  const stated = typeof raw.spec === 'object' && raw.spec !== null ? Object.entries(raw.spec) : [];
  const readable = stated
    .map(([key, value]): [string, unknown] => [key, key === 'limits' ? readableLimits(value) : value])
    .filter(([key, value]) => schema.safeParse({ [key]: value }).success);
  const policy = schema.parse(Object.fromEntries(readable));
  return {
    ...policy,
    paused: policy.paused === 'Up' || policy.paused === 'Both' ? 'Both' : 'Down',
  };
}

/** The entries of `limits` that can be read, each on its own, so that a bad one lifts no other. */
function readableLimits(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const { limits } = scalingPolicySchema.shape.spec.shape;
  return value.filter(
    (limit, index) =>
      limits.safeParse([limit]).success &&
      !value
        .slice(0, index)
        .some(other => limits.safeParse([other]).success && !limits.safeParse([other, limit]).success),
  );
}

import { mapReplicas, type ReplicaRule, type ReplicaStep } from './replica-rule.ts';

/**
 * Limits a number to what an earlier run left to the target, but not below its baseline. So a later time of the same
 * sale keeps every cut that all targets share.
 */
export const keepWithin: ReplicaRule = (numbers, context) => {
  const { within } = context;
  if (within === undefined) return numbers;
  return mapReplicas(numbers, context, (before, { spec }, name) => {
    const { replicas } = before;
    const left = Math.max(spec.baseline.minReplicas, within.get(name)?.replicas ?? 0);
    if (replicas <= left) return before;
    const step: ReplicaStep = {
      rule: 'limit',
      value: left,
      unit: 'replicas',
      message: () => `${left} of ${replicas} replicas are left`,
    };
    return { ...before, replicas: left, steps: [...before.steps, step] };
  });
};

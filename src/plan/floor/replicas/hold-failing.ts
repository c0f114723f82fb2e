import { mapReplicas, type ReplicaRule, type ReplicaStep } from './replica-rule.ts';

/**
 * Keeps a floor from rising while the pods that were added fail: what stands stays, see `crashGuard`. Only the floor of
 * now is held; what is planned for later counts on their recovery, and an emergency is asked for by a person who may
 * know better. It comes after the cuts that targets share: shared by what stands, each plan would cut what the last one
 * had left.
 */
export const holdFailing: ReplicaRule = (numbers, context) => {
  if (context.total === undefined) return numbers;
  return mapReplicas(numbers, context, (before, { guard }) => {
    if (guard === undefined || before.decisive?.reason === 'Emergency') return before;
    const { replicas } = before;
    const allowed = Math.max(guard.held, before.hold?.replicas ?? 0);
    if (replicas <= allowed) return before;
    const { failing, added, why } = guard;
    const message = () =>
      `${failing} of ${added} added pods were never ready (${why}): not raised above ${allowed} of ${replicas} replicas until they recover`;
    const step: ReplicaStep = { rule: 'guard', value: allowed, unit: 'replicas', message };
    return { ...before, replicas: allowed, guardedBy: guard, steps: [...before.steps, step] };
  });
};

import { mapReplicas, type ReplicaRule, type ReplicaStep, type TargetReplicas } from './replica-rule.ts';

/**
 * Limits a number to what is approved or needs no approval. What an ordinary day or an emergency needs is not limited, and what stands
 * is lowered only once an approval, or an emergency that raised it, has ended, at the policy's rampDown and not while the demand is in doubt.
 */
export const limitToApproval: ReplicaRule = (numbers, context) => {
  const { approved } = context;
  if (approved === undefined) return numbers;
  return mapReplicas(numbers, context, (before, { spec, raised: ours }, name) => {
    const limit = approved.get(name);
    if (limit === undefined) return before;
    const { replicas: raised, holdsStanding, why } = limit;
    const isKept = holdsStanding && before.hold?.isOfCeiling !== true;
    const stands = isKept ? ours : (before.hold?.unapproved ?? 0);
    const least = Math.max(spec.baseline.minReplicas, raised, freeNeed(before));
    const allowed = Math.max(least, stands);
    const { replicas } = before;
    if (replicas <= allowed) return before;
    const way = isKept || allowed === least ? '' : `, on the way down to ${least}`;
    const message = () => `${why}: ${allowed} of ${replicas} replicas${way}`;
    const step: ReplicaStep = { rule: 'approval', value: allowed, unit: 'replicas', message };
    return { ...before, replicas: allowed, steps: [...before.steps, step] };
  });
};

function freeNeed({ needs }: TargetReplicas): number {
  return Math.max(
    0,
    ...needs.map(({ reason, replicas }) => (reason === 'OrdinaryPeak' || reason === 'Emergency' ? replicas : 0)),
  );
}

import { mapReplicas, type ReplicaRule } from './replica-rule.ts';

/**
 * Raises a number to what must hold where a floor may not be lowered yet or only at a pace, and explains the result.
 */
export const holdLive: ReplicaRule = (numbers, context) =>
  mapReplicas(numbers, context, before => {
    const { hold, decisive, replicas: wanted } = before;
    if (hold === undefined) return before;
    const replicas = Math.max(hold.replicas, wanted);
    const steps = decisive?.asker === undefined ? [] : hold.explain(wanted, decisive.asker);
    return replicas === wanted && steps.length === 0
      ? before
      : { ...before, needed: replicas, replicas, steps: [...before.steps, ...steps] };
  });

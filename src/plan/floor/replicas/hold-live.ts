import { mapReplicas, type ReplicaRule, type ReplicaStep } from './replica-rule.ts';

/** Not less than what has to hold, where a floor may not sink yet or sinks at a pace. */
export const holdLive: ReplicaRule = (numbers, context) =>
  mapReplicas(numbers, context, before => {
    const { hold, replicas: wanted } = before;
    if (hold === undefined || hold.replicas <= wanted) return before;
    const { replicas } = hold;
    const step: ReplicaStep = { rule: 'hold', value: replicas, unit: 'replicas', message: () => hold.message(wanted) };
    return { ...before, needed: replicas, replicas, steps: [...before.steps, step] };
  });

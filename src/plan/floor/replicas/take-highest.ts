import { mapReplicas, type ReplicaRule } from './replica-rule.ts';

/** The replicas of the highest need of each target, the first of equals: who serves it serves the others, too. */
export const takeHighest: ReplicaRule = (numbers, context) =>
  mapReplicas(numbers, context, before => {
    const [first] = before.needs;
    if (first === undefined) return before;
    const decisive = before.needs.reduce((highest, need) => (need.replicas > highest.replicas ? need : highest), first);
    return { ...before, decisive, needed: decisive.replicas, replicas: decisive.replicas };
  });

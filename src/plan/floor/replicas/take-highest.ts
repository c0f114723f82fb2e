import { mapReplicas, type ReplicaRule } from './replica-rule.ts';

/**
 * Takes the replicas of each target's highest need, the first of equals: they serve its other needs too. An emergency
 * decides alone.
 */
export const takeHighest: ReplicaRule = (numbers, context) =>
  mapReplicas(numbers, context, before => {
    const [first] = before.needs;
    if (first === undefined) return before;
    const decisive =
      before.needs.find(({ reason }) => reason === 'Emergency') ??
      before.needs.reduce((highest, need) => (need.replicas > highest.replicas ? need : highest), first);
    return { ...before, decisive, needed: decisive.replicas, replicas: decisive.replicas };
  });

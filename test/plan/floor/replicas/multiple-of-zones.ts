import {
  mapReplicas,
  type ReplicaRule,
  type TargetReplicas,
} from '../../../../src/plan/floor/replicas/replica-rule.ts';

/**
 * A made-up rule, as somebody would add it: replicas a multiple of the zones, so that no zone has more than another. Up
 * where the cuts leave room, else down; the baseline is nobody's raise and stays.
 */
export function multipleOfZones(zones: number, cuts: readonly ReplicaRule[]): ReplicaRule {
  return (numbers, context) => {
    const up = mapReplicas(numbers, context, (before, { spec }) => {
      const replicas = Math.ceil(before.replicas / zones) * zones;
      return before.replicas <= spec.baseline.minReplicas || replicas === before.replicas
        ? before
        : { ...before, replicas };
    });
    const left = cuts.reduce((sofar, cut) => cut(sofar, context), up);
    return mapReplicas(left, context, (cut, { spec }, name) => {
      const before = numbers.get(name) ?? cut;
      if (cut.replicas <= spec.baseline.minReplicas) return { ...cut, steps: before.steps };
      const replicas = Math.max(spec.baseline.minReplicas, Math.floor(cut.replicas / zones) * zones);
      return replicas === before.replicas ? before : { ...cut, replicas, steps: [...before.steps, step(replicas)] };
    });
  };
  function step(replicas: number): TargetReplicas['steps'][number] {
    const message = () => `${replicas} replicas, a multiple of ${zones} zones`;
    return { rule: 'limit', value: replicas, unit: 'replicas', message };
  }
}

import { formatInstant } from '../../../api/instant.ts';
import type { ScalingTargetSpec } from '../../../api/scaling-target.ts';
import { rampShare } from '../../ramp-up.ts';
import { mapReplicas, type ReplicaRule, type ReplicaStep } from './replica-rule.ts';

/**
 * Gives a target with `rampUp` the part of a sale's raise that is due by now, on top of its baseline.
 *
 *   now                           →  replicas of a raise from 4 to 29, percentPerMinute 25
 *   four minutes before it is due    4
 *   three minutes before             11
 *   a minute before                  23
 *   since it is due                  29
 *
 * What stands stays, and each need climbs by its own ramp: that of a sale to come holds back nothing that a sale that
 * runs needs. Only the floor of now is held back: what is planned counts the whole raise.
 */
export const climbRamp: ReplicaRule = (numbers, context) => {
  if (context.total === undefined) return numbers;
  return mapReplicas(numbers, context, (before, { spec, standing }) => {
    const { decisive, needs, replicas } = before;
    const { ramp } = decisive ?? {};
    if (ramp === undefined) return before;
    const climbed = needs.map(need => {
      const wanted = need === decisive ? replicas : Math.min(need.replicas, replicas);
      return need.ramp === undefined ? wanted : climbTo(wanted, spec, need.ramp);
    });
    const allowed = Math.max(...climbed, standing, before.hold?.replicas ?? 0);
    if (allowed >= replicas) return before;
    const message = () =>
      `rampUp gives ${allowed} of ${replicas} replicas by now, all of them at ${formatInstant(ramp.fullAt)}`;
    const step: ReplicaStep = { rule: 'rampUp', value: allowed, unit: 'replicas', message };
    return { ...before, replicas: allowed, steps: [...before.steps, step] };
  });
};

/** Replicas of a raise to `replicas` that a target's ramp gives at a time. */
export function climbTo(
  replicas: number,
  spec: Pick<ScalingTargetSpec, 'baseline' | 'rampUp'>,
  { now, fullAt }: { readonly now: number; readonly fullAt: number },
): number {
  const { minReplicas } = spec.baseline;
  const raise = Math.max(0, replicas - minReplicas);
  return minReplicas + Math.ceil(raise * rampShare(spec, now, fullAt) - 1e-9);
}

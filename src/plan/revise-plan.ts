import { formatInstant, parseInstant } from '../api/instant.ts';
import { highestBounds, recordedTargets } from '../api/learned/recorded-targets.ts';
import type { PlannedTarget, PlanStep, SalePlanPlan } from '../api/sale-plan.ts';
import type { SaleOutlook } from './plan.ts';

/** Milliseconds by which a start must move for a new revision. */
const sameTimeMs = 60_000;
/** Share (0–1) by which a floor must move for a new revision; at least one replica. */
const sameFloorShare = 0.05;
/** Targets of a plan that the schema allows in full, so that a SalePlan stays below 500 kB, and those by their bounds alone. */
const [mostTargets, mostFurther] = [100, 900];
/** Steps per target that the schema allows. */
const mostSteps = 256;

/**
 * Revises the plan recorded in an occurrence's SalePlan: the recorded one while nothing relevant changed, else a new
 * revision. What was due up to now stays as recorded; only the future is planned anew.
 *
 *   since the last revision                          →  plan
 *   no revision yet                                     revision 1
 *   a floor to come moved by ≥ 5 % (one replica)        next revision
 *   prescaleTime or endTime moved by ≥ 1 minute         next revision
 *   a target came or went                               next revision
 *   only the risks changed                              the same revision with the new risks
 *   nothing of this                                     the very same plan
 */
export function revisePlan(outlook: SaleOutlook, previous: SalePlanPlan | undefined, now: number): SalePlanPlan {
  const leftOut = outlook.targets.length - mostTargets - mostFurther;
  const further = outlook.targets.slice(mostTargets, mostTargets + mostFurther);
  const plan: SalePlanPlan = {
    revision: (previous?.revision ?? 0) + 1,
    madeAt: formatInstant(now),
    prescaleTime: formatInstant(outlook.prescaleTime),
    endTime: formatInstant(outlook.end),
    extraReplicas: outlook.extraReplicas,
    ...(outlook.peakBasis === undefined ? {} : { peakBasis: outlook.peakBasis }),
    ...(outlook.peakRange === undefined ? {} : { peakRange: outlook.peakRange }),
    risks: outlook.risks.slice(0, 64),
    targets: outlook.targets.slice(0, mostTargets).map(target => ({ ...target })),
    ...(further.length > 0
      ? { furtherTargets: further.map(one => ({ target: one.target, ...highestBounds(one) })) }
      : {}),
    ...(leftOut > 0 ? { targetsLeftOut: leftOut } : {}),
  };
  if (previous === undefined) return plan;
  if (hasMoved(previous, plan, now)) {
    const before = new Map(previous.targets.map(target => [target.target, target]));
    return { ...plan, targets: plan.targets.map(target => keepPast(before.get(target.target), target, now)) };
  }
  const sameRisks =
    previous.risks.length === plan.risks.length && previous.risks.every((risk, i) => risk === plan.risks[i]);
  return sameRisks ? previous : { ...previous, risks: plan.risks };
}

function hasMoved(previous: SalePlanPlan, plan: SalePlanPlan, now: number): boolean {
  const times = [
    [previous.prescaleTime, plan.prescaleTime],
    [previous.endTime, plan.endTime],
  ] as const;
  if (times.some(([before, after]) => Math.abs(parseInstant(before) - parseInstant(after)) >= sameTimeMs)) return true;
  if (previous.targetsLeftOut !== plan.targetsLeftOut) return true;
  const recorded = new Map(recordedTargets(previous).map(target => [target.target, target]));
  const planned = recordedTargets(plan);
  if (recorded.size !== planned.length) return true;
  return planned.some(target => {
    const before = recorded.get(target.target);
    return before === undefined || hasFloorMoved(floorToCome(before, now), floorToCome(target, now));
  });
}

function hasFloorMoved(before: number, after: number): boolean {
  return Math.abs(after - before) >= Math.max(1, before * sameFloorShare);
}

/** The highest minimum from now on, in replicas. */
function floorToCome({ steps }: Pick<PlannedTarget, 'steps'>, now: number): number {
  const current = stepsUntil(steps, now).at(-1);
  const ahead = steps.filter(({ from }) => parseInstant(from) > now);
  return Math.max(0, ...[current, ...ahead].map(step => step?.minReplicas ?? 0));
}

/** The steps that were due, followed by those to come. */
function keepPast(before: PlannedTarget | undefined, target: PlannedTarget, now: number): PlannedTarget {
  const past = before === undefined ? [] : stepsUntil(before.steps, now);
  if (past.length === 0) return target;
  const current = stepsUntil(target.steps, now).at(-1);
  const ahead = target.steps.filter(({ from }) => parseInstant(from) > now);
  const turn =
    current === undefined || current.minReplicas === past.at(-1)?.minReplicas
      ? []
      : [{ ...current, from: formatInstant(now) }];
  return { ...target, steps: [...past, ...turn, ...ahead].slice(-mostSteps) };
}

function stepsUntil(steps: readonly PlanStep[], now: number): readonly PlanStep[] {
  return steps.filter(({ from }) => parseInstant(from) <= now);
}

import { parseInstant } from '../api/instant.ts';
import type { PlannedTarget, SalePlanPlan } from '../api/sale-plan.ts';

/**
 * The plan to record: the last one as long as nothing moved that a reader would act on, else the new one under the next
 * revision.
 *
 *   a target's highest floor moves by ≥ 5 % and a replica   new revision
 *   a target comes or goes, its limit changes                new revision
 *   prescaleTime or end moves by a minute                    new revision
 *   anything else                                            the last plan stands, byte for byte
 */
export function reviseSalePlan(last: SalePlanPlan | undefined, next: Omit<SalePlanPlan, 'revision'>): SalePlanPlan {
  if (last === undefined) return { revision: 1, ...next };
  return isRevision(last, next) ? { ...next, revision: last.revision + 1 } : last;
}

const movedMs = 60_000;
const movedShare = 0.05;

function isRevision(last: SalePlanPlan, next: Omit<SalePlanPlan, 'revision'>): boolean {
  const timesMoved = (['prescaleTime', 'endTime'] as const).some(
    time => Math.abs(parseInstant(last[time]) - parseInstant(next[time])) >= movedMs,
  );
  if (timesMoved || last.targets.length !== next.targets.length) return true;
  return next.targets.some(target => {
    const before = last.targets.find(candidate => candidate.target === target.target);
    return (
      before === undefined || before.boundBy !== target.boundBy || hasMoved(highestFloor(before), highestFloor(target))
    );
  });
}

function hasMoved(before: number, after: number): boolean {
  return Math.abs(after - before) >= Math.max(1, movedShare * before);
}

function highestFloor({ steps }: PlannedTarget): number {
  return Math.max(0, ...steps.map(({ minReplicas }) => minReplicas));
}

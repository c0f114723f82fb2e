import type { FurtherTarget, PlannedTarget, SalePlan } from '../api/sale-plan.ts';
import { plannedTimes } from '../api/series/planned-times.ts';

/** Why targets get their bounds in one sale, in the words of the terminal and of the page. */
export interface PlanExplanation {
  readonly salePlan: string;
  /** Revision and times of the plan. */
  readonly summary: string;
  /** What the peak is planned from. */
  readonly peak?: string;
  /** How far above the expected peak demand may go, why, and what would narrow that. */
  readonly range?: string;
  readonly risks: readonly string[];
  readonly targets: readonly ExplainedTarget[];
}

export interface ExplainedTarget {
  readonly target: string;
  /** The limit that holds it below its need. */
  readonly heldBy?: string;
  /** Steps from the forecast to the bounds; empty where the SalePlan has no room for them. */
  readonly because: PlannedTarget['because'];
  /** When (`from 2026-…`, `at most`) and which bounds (`12..48`). */
  readonly bounds: readonly (readonly [when: string, bounds: string])[];
}

/** Explains a SalePlan, for one target or for all; undefined where it has nothing to say of them. */
export function explainPlan(salePlan: SalePlan, only?: string): PlanExplanation | undefined {
  const plan = salePlan.status?.plan;
  const isMeant = ({ target }: { readonly target: string }) => only === undefined || target === only;
  const targets = (plan?.targets ?? []).filter(isMeant).map(explainTarget);
  const further = (plan?.furtherTargets ?? []).filter(isMeant).map(
    ({ target, ...bounds }): ExplainedTarget => ({
      target,
      because: [],
      bounds: [['at most', boundsWords(bounds)]],
    }),
  );
  if (plan === undefined || targets.length + further.length === 0) return undefined;
  return {
    salePlan: `${salePlan.metadata.namespace}/${salePlan.metadata.name}`,
    summary: `revision ${plan.revision}: raised from ${plan.prescaleTime}, sale ${plannedTimes(salePlan).startTime} to ${plan.endTime}`,
    ...(plan.peakBasis === undefined ? {} : { peak: plan.peakBasis }),
    ...(plan.peakRange === undefined ? {} : { range: plan.peakRange }),
    risks: plan.risks,
    targets: [...targets, ...further],
  };
}

function explainTarget({ target, because, steps, boundBy }: PlannedTarget): ExplainedTarget {
  return {
    target,
    ...(boundBy === undefined ? {} : { heldBy: boundBy }),
    because,
    bounds: steps.map(({ from, ...bounds }) => [`from ${from}`, boundsWords(bounds)]),
  };
}

function boundsWords({ minReplicas, maxReplicas }: Omit<FurtherTarget, 'target'>): string {
  return `${minReplicas}..${maxReplicas}`;
}

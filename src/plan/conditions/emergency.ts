import type { ConditionUpdate } from '../../api/condition.ts';
import { parseInstant } from '../../api/instant.ts';
import type { Observation } from '../../observe/observation.ts';
import { type ActiveEmergency, activeEmergency, describeEmergency } from '../accept/active-emergency.ts';
import { condition, countOf, sentenceOf } from '../condition.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../sale-finding.ts';

/** Whether an emergency is in force for a target, and what it does there. */
export function targetEmergency(
  { emergency, observed }: Pick<DesiredFloor, 'emergency' | 'observed'>,
  now: number,
): ConditionUpdate<'Emergency'> {
  return emergency === undefined
    ? noEmergency(observed.target.spec.emergency?.until, now)
    : inForce(emergency, sentenceOf(capital(describeEmergency(emergency))));
}

/** Whether an emergency of the policy is in force, and how many targets it reaches. */
export function policyEmergency({
  policy,
  targets,
  now,
}: Pick<Observation, 'policy' | 'targets' | 'now'>): ConditionUpdate<'Emergency'> {
  const emergency = activeEmergency({ target: undefined, policy: policy.emergency }, now);
  if (emergency === undefined) return noEmergency(policy.emergency?.until, now);
  const reached = targets.filter(
    ({ target: { spec } }) =>
      activeEmergency({ target: spec.emergency, policy: policy.emergency }, now)?.by === 'policy',
  );
  const whom =
    reached.length === 0 ? 'It reaches no ScalingTarget' : `It reaches ${countOf(reached.length, 'ScalingTarget')}`;
  return inForce(emergency, `${sentenceOf(capital(describeEmergency(emergency)))} ${whom} of the namespace.`);
}

/**
 * Finds what an emergency leaves a sale less than it needs.
 *
 *   emergency   target                               →  finding
 *   Baseline    needs more than its baseline            not raised
 *   Ceiling     is due, and gets less than it needs     what it lacks, because others have the rest
 */
export function emergencyFindings(sale: ScheduledSale, reached: readonly DesiredFloor[]): readonly FeasibleFinding[] {
  return [...baselineFindings(sale, reached), ...ceilingFindings(sale, reached)];
}

function baselineFindings({ whole }: ScheduledSale, reached: readonly DesiredFloor[]): readonly FeasibleFinding[] {
  const kept = reached.filter(
    ({ name, emergency, observed }) =>
      emergency?.action === 'Baseline' && (whole.get(name)?.replicas ?? 0) > observed.target.spec.baseline.minReplicas,
  );
  const [first] = kept;
  if (first?.emergency === undefined) return [];
  const names = kept.map(({ name }) => name).join(', ');
  const message = `${names}: not raised by the ${describeEmergency(first.emergency).replace(/[.]$/, '')}.`;
  return [infeasible({ reason: 'Emergency', verdict: 'NoGo', message, mend: 'Remove spec.emergency to end it.' })];
}

function ceilingFindings({ covers }: ScheduledSale, reached: readonly DesiredFloor[]): readonly FeasibleFinding[] {
  if (!covers) return [];
  return reached.flatMap(({ name, emergency, neededBySales = 0, replicas = 0 }): readonly FeasibleFinding[] => {
    if (emergency === undefined || replicas >= neededBySales) return [];
    const message = `${name}: has ${replicas} of the ${neededBySales} replicas that its sales need now, in the ${describeEmergency(emergency).replace(/[.]$/, '')}.`;
    const mend = 'Raise the limit that binds, or end the emergency where it raises what the sale does not need.';
    return [infeasible({ reason: 'Emergency', verdict: 'NoGo', message, mend })];
  });
}

function inForce({ action }: ActiveEmergency, message: string): ConditionUpdate<'Emergency'> {
  return condition('Emergency', 'True', `Emergency${action}`, message);
}

function noEmergency(until: string | undefined, now: number): ConditionUpdate<'Emergency'> {
  const isOver = until !== undefined && parseInstant(until) <= now;
  const message = isOver ? `The emergency is over since ${until}: remove it.` : 'No emergency is stated.';
  return condition('Emergency', 'False', 'NoEmergency', message);
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

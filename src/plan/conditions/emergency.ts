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

/** Finds that an emergency keeps targets at their baselines although the sale needs more. */
export function emergencyFindings(
  { whole }: ScheduledSale,
  reached: readonly DesiredFloor[],
): readonly FeasibleFinding[] {
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

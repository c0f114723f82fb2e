import { neededRights, type Right, rightKey } from '../../../api/autoscalers/needed-rights.ts';
import type { Observation } from '../../../observe/observation.ts';
import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';
import { forbiddenRaise } from './shortfall.ts';

/** Name of the ClusterRole of install.yaml. */
const role = 'headstart';

/**
 * Finds the rights that the operator lacks for raising the targets of a sale: one finding a right, which names the
 * verb, the resource and the targets that wait for it.
 */
export function rightFindings(
  sale: ScheduledSale,
  reached: readonly DesiredFloor[],
  { rights, namespace }: Pick<Observation, 'rights' | 'namespace'>,
): readonly FeasibleFinding[] {
  if (rights === undefined) return [];
  const raised = reached.filter(({ forecastOnlyBy }) => forecastOnlyBy === undefined);
  return rights.missing.flatMap(right => {
    const waiting = raised.filter(({ observed }) =>
      neededRights(observed).some(one => rightKey(one) === rightKey(right)),
    );
    if (waiting.length === 0) return [];
    const isForbidden = waiting.some(desired => forbiddenRaise(sale, desired) === 'NoGo');
    const names = waiting.map(({ name }) => name).join(', ');
    const message = `${names}: not raised, for the operator has no right to ${right.verb} ${nameOf(right)} in ${namespace}.`;
    const mend = `Bind its role (kubectl create rolebinding ${role} -n ${namespace} --clusterrole ${role} --user ${rights.user ?? "OPERATOR'S-USER"}); where the role lacks the right, apply install.yaml again.`;
    return [infeasible({ reason: 'RightsMissing', verdict: isForbidden ? 'NoGo' : 'AtRisk', message, mend })];
  });
}

/** The resource as RBAC and kubectl name it: `horizontalpodautoscalers.autoscaling`, `deployments.apps/scale`. */
function nameOf({ group, resource }: Right): string {
  const [plural = '', subresource] = resource.split('/', 2);
  return `${plural}.${group}${subresource === undefined ? '' : `/${subresource}`}`;
}

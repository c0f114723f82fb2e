import type { ConditionUpdate } from '../../api/condition.ts';
import { formatInstant, parseInstant } from '../../api/instant.ts';
import { condition, sentenceOf } from '../condition.ts';
import { allowedBySale } from '../floor/approval/approval-limits.ts';
import type { SaleApproval } from '../floor/approval/sale-approval.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { ReplicaChain } from '../floor/replicas/replica-chain.ts';
import { type FeasibleFinding, infeasible } from '../sale-finding.ts';

/** What of a sale's plan waits for an approval. */
export interface ApprovalOutlook {
  readonly condition: ConditionUpdate<'Approved'>;
  /** Targets that may not have all the replicas that the sale needs, by name. */
  readonly waiting: readonly WaitingTarget[];
}

interface WaitingTarget {
  readonly target: string;
  /** Replicas that the sale needs, and those that it may have. */
  readonly wanted: number;
  readonly allowed: number;
}

/**
 * Tells whether a sale's plan may be put in force.
 *
 *   asks   approval                                     →  Approved
 *   no     any                                             True   NotRequired
 *   yes    not guarded                                     False  GuardMissing
 *   yes    in force, for all targets and up to the end     True   Approved
 *   yes    none, ended, too small or too short             False  AwaitingApproval, with who may approve and by when
 */
export function approvalOutlook(
  approval: SaleApproval | undefined,
  context: {
    readonly chain: ReplicaChain;
    readonly desiredFloors: readonly DesiredFloor[];
    readonly namespace: string;
  },
): ApprovalOutlook {
  if (approval === undefined || approval.asked.reasons.length === 0) {
    return { condition: condition('Approved', 'True', 'NotRequired', 'No approval is asked for.'), waiting: [] };
  }
  const { sale, asked, given } = approval;
  const { occurrence, prescaleTime } = sale;
  const { chain, namespace } = context;
  const waiting = waitingTargets(approval, context);
  const needs = `The plan needs approval: ${asked.reasons.join(', and ')}.`;
  const due = formatInstant(prescaleTime);
  const byWhen = sale.covers ? `now, since its bounds were due at ${due}` : `by ${due}`;
  const how = `Whoever may approve saleplans in ${namespace} decides ${byWhen}: kubectl headstart approve ${occurrence.salePlan} -n ${namespace}`;
  const without = `Until then ${describeWaiting(waiting)}`;
  if (given.counts === 'Unguarded') {
    const message = `${needs} No approval counts: ${sentenceOf(given.missing)} ${without}`;
    return { condition: condition('Approved', 'False', 'GuardMissing', message), waiting };
  }
  if (given.counts === 'None')
    return { condition: condition('Approved', 'False', 'AwaitingApproval', `${needs} ${how}. ${without}`), waiting };
  const { approvedBy, until, upTo } = given.approval;
  const isShort = parseInstant(until) < occurrence.end;
  const gone = upTo.filter(({ target }) => !chain.targets.has(target)).map(({ target }) => target);
  const lost = gone.length === 0 ? '' : ` ${gone.join(', ')} of the approval is no ScalingTarget here.`;
  if (waiting.length === 0 && !isShort) {
    const message = `Approved by ${approvedBy} until ${until}.${lost}`;
    return { condition: condition('Approved', 'True', 'Approved', message), waiting };
  }
  const outgrown = isShort
    ? `the sale ends at ${formatInstant(occurrence.end)}, it is approved until ${until}`
    : undefined;
  const more = waiting.length === 0 ? undefined : describeWaiting(waiting).replace(/\.$/, '');
  const differences = [outgrown, more].filter(text => text !== undefined).join('; ');
  const message = `The plan is larger than what ${approvedBy} approved: ${differences}. ${how}.${lost}`;
  return { condition: condition('Approved', 'False', 'AwaitingApproval', message), waiting };
}

/** Finds that a sale's approval is missing, which its condition says; empty when it is not. */
export function approvalFindings({ condition: { status, message } }: ApprovalOutlook): readonly FeasibleFinding[] {
  return status === 'False' ? [infeasible({ reason: 'AwaitingApproval', verdict: 'AtRisk', message })] : [];
}

/** What stands holds without an approval, unless it is lowered now. */
function waitingTargets(
  approval: SaleApproval,
  {
    chain: { targets },
    desiredFloors,
  }: { readonly chain: ReplicaChain; readonly desiredFloors: readonly DesiredFloor[] },
): readonly WaitingTarget[] {
  const { sale, shares } = approval;
  const floors = new Map(desiredFloors.map(({ name, replicas }) => [name, replicas]));
  return [...sale.whole].flatMap(([target, { replicas: wanted }]): readonly WaitingTarget[] => {
    const facts = targets.get(target);
    if (facts === undefined || !facts.mayRaise) return [];
    const baseline = facts.spec.baseline.minReplicas;
    const limit = allowedBySale(approval, target, { baseline, shares });
    const stays = Math.min(facts.standing, floors.get(target) ?? facts.standing);
    const allowed = Math.max(limit.replicas, sale.covers && limit.holdsStanding ? stays : 0);
    return allowed < wanted ? [{ target, wanted, allowed }] : [];
  });
}

/** Targets named in one sentence. */
const mostNamed = 10;

function describeWaiting(waiting: readonly WaitingTarget[]): string {
  if (waiting.length === 0) return 'what stands holds.';
  const named = waiting.slice(0, mostNamed).map(({ target, wanted, allowed }) => `${target} ${allowed} of ${wanted}`);
  const others = waiting.length > mostNamed ? ` and ${waiting.length - mostNamed} more` : '';
  return `these have fewer replicas than the sale needs: ${named.join(', ')}${others}.`;
}

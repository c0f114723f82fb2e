import { formatDuration } from '../../api/duration.ts';
import { formatMinute } from '../../api/instant.ts';
import type { ReasonStep } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import { mayRaise } from '../accept/target-standing.ts';
import { allowedBySale } from '../floor/approval/approval-limits.ts';
import type { SaleApproval } from '../floor/approval/sale-approval.ts';
import type { DesiredFloor } from '../floor/desired-floor.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import { leadOfNodes } from '../lead-of-raise.ts';

/** Room on nodes that one sale asks for its pods of one target before they are raised. */
export interface SaleRoom {
  /** Replicas of the target for the whole sale, as far as they are approved. */
  readonly replicas: number;
  /** Those among them above the baseline. */
  readonly extra: number;
  /** Epoch ms. */
  readonly openTime: number;
  /** Seconds that new nodes take, until pods on them are ready. */
  readonly nodeSeconds: number;
}

/**
 * Sizes the room that a sale asks for one target, and when it opens: as long before prescaleTime as pods take that need new
 * nodes, and `readyBeforeSeconds` more, in which a person can still act when none come. Undefined where the policy asks for
 * none, and where the sale raises nothing.
 *
 *   openTime   prescaleTime − readyBefore − nodes
 */
export function roomOfSale(
  { occurrence, needs, whole, mode, prescaleTime }: ScheduledSale,
  desired: DesiredFloor,
  { policy, approvals }: Pick<Observation, 'policy'> & { readonly approvals: ReadonlyMap<string, SaleApproval> },
): SaleRoom | undefined {
  const { name, observed } = desired;
  if (policy.nodeRoom === 'None' || mode !== 'Apply' || !needs.has(name) || !mayRaise(desired)) return undefined;
  const baseline = observed.target.spec.baseline.minReplicas;
  const approval = approvals.get(occurrence.salePlan);
  const allowed = approval && allowedBySale(approval, name, { baseline, shares: approval.shares }).replicas;
  const replicas = Math.min(whole.get(name)?.replicas ?? 0, allowed ?? Number.POSITIVE_INFINITY);
  const extra = replicas - baseline;
  if (extra <= 0) return undefined;
  const nodeSeconds = leadOfNodes(observed, extra);
  const openTime = prescaleTime - (nodeSeconds + policy.readyBeforeSeconds) * 1000;
  return { replicas, extra, openTime, nodeSeconds };
}

/** Explains the room of a sale in its SalePlan; empty without any. */
export function explainRoom(
  room: SaleRoom | undefined,
  { nodeRoom, readyBeforeSeconds }: Pick<Observation['policy'], 'nodeRoom' | 'readyBeforeSeconds'>,
): readonly ReasonStep[] {
  if (room === undefined) return [];
  const { extra, openTime, nodeSeconds } = room;
  const keeps = nodeRoom === 'CapacityBuffer' ? 'a CapacityBuffer keeps' : 'placeholder pods keep';
  const message = `${keeps} room on nodes for ${extra} more pods from ${formatMinute(openTime)} on, until these land: new nodes take ${formatDuration(nodeSeconds)}, and ${formatDuration(readyBeforeSeconds)} are left to act when none come`;
  return [{ rule: 'room', value: extra, unit: 'replicas', message }];
}

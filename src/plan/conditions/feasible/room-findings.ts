import { formatDuration } from '../../../api/duration.ts';
import { isMissing } from '../../../api/missing.ts';
import { podRequest } from '../../../api/pods/pod-requests.ts';
import { formatQuantity } from '../../../api/quantity.ts';
import { countOf, sentenceOf } from '../../condition.ts';
import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import type { RoomPlan } from '../../room/room-plan.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';

/**
 * Finds, until prescaleTime, what room on nodes a sale lacks; from then on the pods of the sale themselves tell it.
 *
 *   room of a target                                            →  reason           verdict
 *   pods without room for longer than new nodes take               RoomLacking      NoGo
 *   none that keeps it, or none that may be opened                 RoomNotOpened    AtRisk
 *   a quota leaves fewer of them                                   RoomNotOpened    AtRisk
 */
export function roomFindings(
  { mode, prescaleTime }: Pick<ScheduledSale, 'mode' | 'prescaleTime'>,
  {
    reached,
    rooms,
    now,
  }: {
    readonly reached: readonly DesiredFloor[];
    readonly rooms: readonly RoomPlan[];
    /** Epoch ms. */
    readonly now: number;
  },
): readonly FeasibleFinding[] {
  if (mode !== 'Apply' || prescaleTime <= now) return [];
  return reached.flatMap(desired =>
    rooms
      .filter(({ target }) => target === desired.name)
      .flatMap(room => [...lackingFinding(room, desired), ...troubleFinding(room), ...cutFinding(room)]),
  );
}

function lackingFinding(
  { target, lacking, placeholder }: RoomPlan,
  { observed: { workload } }: DesiredFloor,
): readonly FeasibleFinding[] {
  if (lacking === undefined) return [];
  const { pods, seconds, message: scheduler } = lacking;
  const standing = Math.max(pods, placeholder?.live ?? 0);
  const which =
    placeholder?.kind === 'CapacityBuffer'
      ? `CapacityBuffer ${placeholder.name} has no room for ${pods} of ${countOf(standing, 'pod')} after ${formatDuration(seconds)}, which new nodes take`
      : `${pods} of ${countOf(standing, 'placeholder pod')} ${pods === 1 ? 'has' : 'have'} no node after ${formatDuration(seconds)}, which new ones take`;
  const message = sentenceOf(`${target}: ${which}${scheduler === undefined ? '' : `: ${scheduler}`}`);
  const shape = isMissing(workload) ? undefined : workload.pod;
  const amounts =
    shape === undefined
      ? ''
      : ` of ${formatQuantity(pods * podRequest(shape, 'cpu'))} CPU and ${Math.ceil((pods * podRequest(shape, 'memory')) / 2 ** 20)}Mi`;
  const mend = `Raise the limit of the NodePool, or the largest size of the node group, by room for ${countOf(pods, 'pod')}${amounts}${placeholder?.kind === 'CapacityBuffer' ? '; see that the autoscaler serves CapacityBuffers' : ''}.`;
  return [infeasible({ reason: 'RoomLacking', verdict: 'NoGo', message, mend })];
}

function troubleFinding({ target, trouble }: RoomPlan): readonly FeasibleFinding[] {
  if (trouble === undefined) return [];
  const message = `${target}: room on nodes is asked for, and ${trouble.message}.`;
  return [infeasible({ reason: 'RoomNotOpened', verdict: 'AtRisk', message, mend: trouble.mend })];
}

function cutFinding({ target, cut, replicas = 0 }: RoomPlan): readonly FeasibleFinding[] {
  if (cut === undefined) return [];
  const message = `${target}: ResourceQuota ${cut.by} leaves ${replicas} of ${countOf(cut.asked, 'placeholder pod')} beside the pods of the sale.`;
  const mend = `Raise it by ${countOf(cut.asked - replicas, 'pod')}, or limit it to other priority classes.`;
  return [infeasible({ reason: 'RoomNotOpened', verdict: 'AtRisk', message, mend })];
}

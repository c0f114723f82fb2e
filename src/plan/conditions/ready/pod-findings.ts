import type { PodsObservation, UnreadyPod } from '../../../observe/capacity/capacity-observation.ts';
import { sentenceOf } from '../../condition.ts';
import { describeReasons, isBackingOff } from '../../floor/replicas/crash-guard.ts';
import { type CapacityFinding, incapable } from '../../sale-finding.ts';
import type { Readiness } from '../sale-readiness.ts';

/**
 * Finds what the pods of a target that lacks replicas wait for.
 *
 *   pods that are not ready              →  reason            mend
 *   the scheduler finds no node             PodsUnschedulable    more nodes, or smaller requests
 *   image pull, crashes, configuration      PodsBackingOff       what kubectl describe says of one of them
 *   any other                               none: they start
 */
export function podFindings(
  { target }: Pick<Readiness, 'target'>,
  pods: PodsObservation | undefined,
  verdict: CapacityFinding['verdict'],
): readonly CapacityFinding[] {
  const unready = pods?.unready ?? [];
  const unschedulable = unready.filter(({ reason }) => reason === 'Unschedulable');
  const backingOff = unready.filter(isBackingOff);
  return [
    ...unschedulable.slice(0, 1).map(first => {
      const message = sentenceOf(
        `${target}: no node for ${countPods(unschedulable)}: ${first.message ?? 'Unschedulable'}`,
      );
      const mend = 'Add nodes, or lower the requests of its containers.';
      return incapable({ reason: 'PodsUnschedulable', verdict, message, mend });
    }),
    ...backingOff.slice(0, 1).map(({ name }) => {
      const message = `${target}: ${countPods(backingOff)} cannot start: ${describeReasons(backingOff)}.`;
      return incapable({ reason: 'PodsBackingOff', verdict, message, mend: `kubectl describe pod ${name} says why.` });
    }),
  ];
}

function countPods(pods: readonly UnreadyPod[]): string {
  return pods.length === 1 ? 'a pod' : `${pods.length} pods`;
}

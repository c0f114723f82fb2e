import { isMissing } from '../../../api/missing.ts';
import { ownValue } from '../../../api/names/own-value.ts';
import { amountOf, type PodShape, podLimit, podRequest } from '../../../api/pods/pod-requests.ts';
import type { LimitRangeObservation } from '../../../observe/capacity/capacity-observation.ts';
import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';
import { forbiddenRaise } from './shortfall.ts';

type Limit = LimitRangeObservation['limits'][number];

const resources = ['cpu', 'memory'] as const;

/**
 * Finds the LimitRanges that refuse a target's pods. The pods that run were admitted before; no new one is.
 *
 *   limit of type   a pod is refused when
 *   Container       one of its containers states a limit or request above the maximum, or a request below the minimum
 *   Pod             the limits or requests of its containers are above the maximum together
 */
export function limitRangeFindings(
  sale: ScheduledSale,
  reached: readonly DesiredFloor[],
  ranges: readonly LimitRangeObservation[] = [],
): readonly FeasibleFinding[] {
  return reached.flatMap(desired => {
    const { workload } = desired.observed;
    const pod = isMissing(workload) ? undefined : workload.pod;
    if (pod === undefined) return [];
    return ranges.flatMap(({ name, limits }) =>
      limits
        .flatMap(limit => violations(pod, limit))
        .map(({ what, mend }) => {
          const message = `${desired.name}: LimitRange ${name} admits no new pod: ${what}.`;
          return infeasible({ reason: 'PodsRefused', verdict: forbiddenRaise(sale, desired), message, mend });
        }),
    );
  });
}

interface Violation {
  readonly what: string;
  readonly mend: string;
}

function violations(pod: PodShape, limit: Limit): readonly Violation[] {
  return resources.flatMap(resource =>
    limit.type === 'Pod' ? ofPod(pod, limit, resource) : ofContainers(pod, limit, resource),
  );
}

function ofContainers(pod: PodShape, { max, min }: Limit, resource: string): readonly Violation[] {
  const [most, least] = [amountOf(max, resource), amountOf(min, resource)];
  return [...pod.containers, ...(pod.initContainers ?? [])].flatMap(({ name = '', resources: stated }) => {
    const highest = (['limits', 'requests'] as const).find(
      kind => most !== undefined && (amountOf(stated?.[kind], resource) ?? 0) > most,
    );
    if (highest !== undefined) {
      const value = ownValue(stated?.[highest] ?? undefined, resource);
      const what = `container ${name} has ${resource} ${value} in its ${highest}, and at most ${ownValue(max, resource)} is allowed`;
      return [{ what, mend: `Set its max.${resource} to ${value}, or lower the container's.` }];
    }
    const request = amountOf(stated?.requests, resource);
    if (least === undefined || request === undefined || request >= least) return [];
    const what = `container ${name} requests ${resource} ${ownValue(stated?.requests ?? undefined, resource)}, and at least ${ownValue(min, resource)} is asked for`;
    return [{ what, mend: `Raise the request to ${ownValue(min, resource)}.` }];
  });
}

function ofPod(pod: PodShape, { max }: Limit, resource: string): readonly Violation[] {
  const most = amountOf(max, resource);
  if (most === undefined || Math.max(podLimit(pod, resource), podRequest(pod, resource)) <= most) return [];
  const what = `its containers have more ${resource} together than the ${ownValue(max, resource)} that a pod may have`;
  return [{ what, mend: `Raise its max.${resource}, or lower the containers'.` }];
}

import { formatDuration } from '../api/duration.ts';
import type { TargetReview } from '../api/learned/sale-review.ts';
import { formatQuantity } from '../api/quantity.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import { isOtherRatio } from '../learn/calls/describe-calls.ts';
import type { CapacityInUse } from '../learn/capacity/capacity-in-use.ts';
import { describeDivisor, stateCapacity, unknownCapacity } from '../learn/capacity/describe-capacity.ts';
import type { MeasuredCall } from './measured-calls.ts';

/** What a sale showed of one target. */
export interface Lesson {
  readonly target: ScalingTarget;
  readonly review: Pick<TargetReview, 'secondsToReady'>;
  /** The highest rate per ready replica while enough were ready, in requests per second; 0 where nothing was measured. */
  readonly highestRate: number;
  /** The capacity that its replicas were judged by. */
  readonly inUse: CapacityInUse;
  /** The calls that it got in the sale; none where they are not known. */
  readonly calls: readonly MeasuredCall[];
}

/** Most calls that are told of one target: a review keeps eight lessons. */
const mostCalls = 6;

/**
 * Says what a sale showed of lead time, capacity and call ratio, in sentences with the stated number beside it. It changes
 * no number: the highest rate that was served is a lower bound of the capacity, no more.
 */
export function whatWasLearned(lesson: Lesson): readonly string[] {
  return [...ofLeadTime(lesson), ...ofCapacity(lesson), ...ofCalls(lesson)];
}

function ofLeadTime({ target: { spec }, review: { secondsToReady } }: Lesson): readonly string[] {
  if (secondsToReady === undefined) return [];
  const [took, stated] = [secondsToReady, spec.leadTimeSeconds].map(formatDuration);
  return [`Ready ${took} after the raise began; leadTimeSeconds states ${stated}.`];
}

function ofCapacity({ highestRate, inUse }: Lesson): readonly string[] {
  if (highestRate <= 0) return [];
  const served = `A ready replica served up to ${formatQuantity(highestRate)} requests/s`;
  switch (inUse.basis) {
    case 'Stated':
      return [`${served} while enough were ready; capacityPerReplica states ${formatQuantity(inUse.perReplica)}.`];
    case 'Learned':
      return [`${served} while enough were ready; planned with ${describeDivisor(inUse)}.`];
    case 'Unknown':
      return [`${served}; ${unknownCapacity}, so what was needed is not judged. ${stateCapacity}`];
  }
}

function ofCalls({ target: { metadata }, calls }: Lesson): readonly string[] {
  return calls
    .filter(({ perThousandRequests, declared }) => isOtherRatio(perThousandRequests, declared))
    .slice(0, mostCalls)
    .map(
      ({ caller, perThousandRequests, declared }) =>
        `${metadata.name} got ${Math.round(perThousandRequests)} of 1,000 requests of ${caller} in the sale; its calls state ${declared}.`,
    );
}

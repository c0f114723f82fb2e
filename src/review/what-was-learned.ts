import type { Series } from '../../forecasts/index.ts';
import { formatDuration } from '../api/duration.ts';
import type { TargetReview } from '../api/learned/sale-review.ts';
import { formatQuantity, parseQuantity } from '../api/quantity.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';

/** What a sale showed of one target. */
export interface Lesson {
  readonly target: ScalingTarget;
  readonly review: Pick<TargetReview, 'secondsToReady'>;
  /** The highest rate per ready replica while enough were ready, in requests per second; 0 where nothing was measured. */
  readonly highestRate: number;
  /** The targets that call it, with the calls that they state, and the measured demand of both. */
  readonly callers: readonly {
    readonly name: string;
    readonly perThousandRequests: number;
    readonly actual: Series | undefined;
  }[];
  readonly actual: Series | undefined;
}

/** The share by which a call ratio must differ from the stated one to be told. */
const toldShare = 0.2;

/**
 * Says what a sale showed of lead time, capacity and call ratio, in sentences with the stated number beside it. It changes
 * no number: the highest rate that was served is a lower bound of the capacity, no more.
 */
export function whatWasLearned(lesson: Lesson): readonly string[] {
  return [...ofLeadTime(lesson), ...ofCapacity(lesson), ...ofRatio(lesson)];
}

function ofLeadTime({ target: { spec }, review: { secondsToReady } }: Lesson): readonly string[] {
  if (secondsToReady === undefined) return [];
  const [took, stated] = [secondsToReady, spec.leadTimeSeconds].map(formatDuration);
  return [`Ready ${took} after the raise began; leadTimeSeconds states ${stated}.`];
}

function ofCapacity({ target: { spec }, highestRate }: Lesson): readonly string[] {
  if (highestRate <= 0) return [];
  const stated = formatQuantity(parseQuantity(spec.capacityPerReplica));
  return [
    `A ready replica served up to ${formatQuantity(highestRate)} requests/s while enough were ready; capacityPerReplica states ${stated}.`,
  ];
}

/** Only where one target calls it: of several nobody knows whose requests came. */
function ofRatio({ target: { metadata }, callers, actual }: Lesson): readonly string[] {
  const [caller] = callers;
  if (caller === undefined || callers.length > 1 || actual === undefined || caller.actual === undefined) return [];
  const [own, others] = sumsOfBoth(actual, caller.actual);
  if (others <= 0) return [];
  const measured = Math.round((1000 * own) / others);
  const stated = caller.perThousandRequests;
  if (Math.abs(measured - stated) <= toldShare * stated) return [];
  return [
    `${metadata.name} got ${measured} of 1,000 requests of ${caller.name} in the sale; its calls state ${stated}.`,
  ];
}

/** The sums of both over the steps that both have measured. */
function sumsOfBoth(one: Series, other: Series): readonly [number, number] {
  let sums: readonly [number, number] = [0, 0];
  const distance = (one.start - other.start) / (one.stepSeconds * 1000);
  if (one.stepSeconds !== other.stepSeconds || !Number.isInteger(distance)) return sums;
  one.values.forEach((value, step) => {
    const beside = other.values[step + distance] ?? null;
    if (value !== null && beside !== null) sums = [sums[0] + value, sums[1] + beside];
  });
  return sums;
}

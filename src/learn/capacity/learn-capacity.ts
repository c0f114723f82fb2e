import type { Series } from '../../../forecasts/index.ts';
import { formatInstant } from '../../api/instant.ts';
import type { CapacityHour } from '../../api/learned/capacity-hour.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { hourEvidence } from './hour-evidence.ts';
import { keepCapacityHours } from './keep-capacity-hours.ts';
import { type AnswerTimes, type SteadyTime, servedSteps } from './served-steps.ts';

/** A time in which neither the replicas of a workload nor its pod template changed. */
export interface SteadyReplicas extends SteadyTime {
  readonly revision?: string;
}

const hourMs = 3_600_000;

/**
 * Learns from the whole hours of `demand` up to `settledUntil`: what the status is to keep at `now`, epoch ms. By an HPA alone only hours in which
 * it was above its target count: on ordinary days it holds its target, which shows nothing of the capacity.
 */
export function learnCapacity(
  { spec, status }: Pick<ScalingTarget, 'spec' | 'status'>,
  input: {
    readonly demand: Series;
    readonly own: AnswerTimes | 'Autoscaler';
    readonly callees: readonly AnswerTimes[];
    readonly steady: readonly SteadyReplicas[];
    readonly settledUntil: number;
    readonly now: number;
  },
): readonly CapacityHour[] {
  const { demand, own, steady, settledUntil, now } = input;
  const { name: workload } = spec.workloadRef;
  const seen: CapacityHour[] = [];
  for (let from = Math.ceil(demand.start / hourMs) * hourMs; from + hourMs <= settledUntil; from += hourMs) {
    const within = steady.filter(time => time.from < from + hourMs && from < time.until);
    const revisions = new Set(within.map(({ revision }) => revision));
    // An hour with a deploy says nothing of either template.
    if (revisions.size !== 1) continue;
    const [revision] = revisions;
    const evidence = hourEvidence(servedSteps({ ...input, steady: within, from, until: from + hourMs }));
    if (evidence === undefined || (own === 'Autoscaler' && evidence.brokeAt === undefined)) continue;
    const sign = own === 'Autoscaler' ? { sign: own } : {};
    seen.push({
      at: formatInstant(from),
      workload,
      ...(revision === undefined ? {} : { revision }),
      ...sign,
      ...evidence,
    });
  }
  const stored = status?.capacityHours ?? [];
  // What is stored was seen with all steps of its hour; later looks have fewer of them.
  return keepCapacityHours(
    stored,
    seen.filter(({ at }) => !stored.some(hour => hour.at === at)),
    { workload, now },
  );
}

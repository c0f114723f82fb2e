import type { SalePlanReview } from '../../api/learned/sale-review.ts';
import { isMissing } from '../../api/missing.ts';
import type { ObjectMeta } from '../../api/object-meta.ts';
import { outsideRatios } from '../../learn/calls/sale-ratio.ts';
import type { Observation } from '../../observe/observation.ts';
import type { AcceptedNamespace } from '../../plan/accept/accept-namespace.ts';
import { isDueOrAhead, type Occurrence } from '../../plan/accept/occurrence.ts';
import { enoughHistorySeconds } from '../../plan/conditions/feasible/demand-findings.ts';
import { besideUntil } from '../../plan/demand/beside-until.ts';
import { fitBoundary } from '../../plan/demand/fit-boundary.ts';

/** What a namespace looked like in one reconcile. */
export interface Looked {
  readonly observation: Observation;
  readonly accepted: AcceptedNamespace;
}

/** The inputs of all plans of a namespace's sales that are not current, except the sales themselves, as a text. */
export function commonInputs({ observation, accepted }: Looked, fitKeys: readonly string[]): string {
  const { policy, limits, targets, now, quotas, limitRanges, rights, salePlans, placeholders } = observation;
  return JSON.stringify([
    fitBoundary(now),
    fitKeys,
    policy,
    limits,
    accepted.heldBy?.message,
    // What is used of a quota changes with every pod; with the next fit it is looked at again.
    quotas?.map(({ name, hard }) => [name, hard]),
    limitRanges,
    rights,
    // What keeps them from keeping room; how many stand changes with the sales that are near.
    placeholders?.map(({ target, name, conflict, priorityClassName, pod, buffer }) => [
      target,
      name,
      conflict,
      priorityClassName,
      pod,
      buffer?.percentage,
    ]),
    salePlans.flatMap(({ status }) => reviewedCalls(status?.review)),
    [...accepted.refusedTargets].map(([name, { reason, message }]) => [name, reason, message]),
    targets.map(({ target, leadTime, workload, autoscalers, demand }) => [
      target.metadata.name,
      target.metadata.uid,
      target.metadata.deletionTimestamp,
      target.spec,
      // What scale-ups and hours of load have taught grows with each of them; it counts with the next fit.
      leadTime.seconds,
      // Of what was measured of its calls only the ratio that a plan may take: the evidence grows by the hour.
      target.spec.calls.map(call =>
        outsideRatios(
          call.perThousandRequests,
          target.status?.callRatios?.find(one => one.target === call.target),
        ),
      ),
      isMissing(workload) || [workload.replicas === 0, workload.readyReplicas === 0, workload.maxSurge, workload.pod],
      autoscalers.length,
      isMissing(demand) || [
        demand.ageSeconds > limits.staleAfterSeconds,
        (demand.historySeconds ?? Number.POSITIVE_INFINITY) < enoughHistorySeconds,
      ],
    ]),
  ]);
}

/** What a past sale measured of calls, with the time from which it counts. */
function reviewedCalls(review: SalePlanReview | undefined): readonly unknown[] {
  return (review?.targets ?? []).flatMap(({ target, calls }) =>
    calls === undefined ? [] : [[review?.reviewedAt, target, calls]],
  );
}

/**
 * The inputs of the plan of each sale by SalePlan: the sale itself, and the sales beside it, as texts. Linear in the
 * sales and in those that overlap.
 */
export function saleInputs({ observation, accepted }: Looked, names: ReadonlySet<string>): ReadonlyMap<string, string> {
  const { now } = observation;
  const stated = new Map(accepted.occurrences.map(occurrence => [occurrence.salePlan, statedInputs(occurrence)]));
  const open = accepted.occurrences.filter(occurrence => isDueOrAhead(occurrence, now));
  const longest = open.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  const besides = ({ start, end, salePlan }: Occurrence) => {
    const until = Math.min(end, besideUntil(start, now));
    const found: string[] = [];
    for (let at = firstFrom(open, start - longest); at < open.length; at++) {
      const other = open[at];
      if (other === undefined || other.start >= until) break;
      if (other.salePlan !== salePlan && start < other.end) found.push(stated.get(other.salePlan) ?? '');
    }
    return found;
  };
  return new Map(
    accepted.occurrences
      .filter(({ salePlan }) => names.has(salePlan))
      .map(occurrence => {
        const isOpen = isDueOrAhead(occurrence, now);
        return [
          occurrence.salePlan,
          [isOpen, stated.get(occurrence.salePlan), ...(isOpen ? besides(occurrence) : [])].join('\n'),
        ];
      }),
  );
}

function statedInputs(occurrence: Occurrence): string {
  const { salePlan, start, end, calledOff, refusal, spec, reaches, similar, uid, isShown, series, stock } = occurrence;
  const text = texts.get(spec) ?? JSON.stringify(spec);
  texts.set(spec, text);
  const told = isShown === undefined ? [] : [series ?? 'shown'];
  const ended = [end, calledOff, stock?.soldOutSince !== undefined];
  const own = [salePlan, uid, start, ended, refusal?.message, reaches.length, similar, ...told];
  return `${JSON.stringify(own)}${text}`;
}

/** Specs as texts, by spec: a sale that does not change stays the same object. */
const texts = new WeakMap<Occurrence['spec'], string>();

/** The versions of the objects that are written for a sale. */
export function seenVersions(
  objects: readonly ({ readonly metadata: ObjectMeta } | undefined)[],
): readonly (readonly [uid: string, version: string])[] {
  return objects.flatMap(object => {
    const { uid, resourceVersion } = object?.metadata ?? {};
    return uid === undefined || resourceVersion === undefined ? [] : [[uid, resourceVersion] as const];
  });
}

/** The index of the first sale, in order of start, that begins at `from` (epoch ms) or later. */
function firstFrom(sales: readonly Occurrence[], from: number): number {
  let low = 0;
  let high = sales.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sales[middle]?.start ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

import { readFloor } from '../api/floor-annotation.ts';
import { isMissing, type Missing } from '../api/missing.ts';
import { policyName, type ScalingPolicySpec } from '../api/scaling-policy.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import { type WorkloadRef, workloadKey } from '../api/workload-key.ts';
import { autoscalers as autoscalerKind } from '../kube/resources/resource-kind.ts';
import { seriesDates } from '../recurrence/series-dates.ts';
import type { LookAtGuard } from './approval-guard.ts';
import { observeAnswerTimes } from './capacity/observe-answer-times.ts';
import { observePlaceholders } from './capacity/observe-placeholders.ts';
import { type FindPods, findPods } from './capacity/observe-pods.ts';
import { readLeadTime } from './capacity/read-lead-time.ts';
import { seenOfWorkload } from './capacity/seen-of-workload.ts';
import type { DemandHistory } from './demand-history.ts';
import { effectivePolicy } from './effective-policy.ts';
import { inOurTime } from './in-our-time.ts';
import { type LegibleTarget, legibleTarget } from './legible-target.ts';
import { observeStock, type StockHistory } from './metrics/observe-stock.ts';
import { leftOutOf, type NamespaceObjects, type ReadObject, readable } from './namespace-objects.ts';
import type { Limits, Observation, TargetObservation, Unreadable, WorkloadObservation } from './observation.ts';
import type { Raises } from './raises.ts';
import { compareText, sortByName, sortNamed } from './sort-by-name.ts';
import { observeStrays, withRaisers } from './strays/observe-strays.ts';
import { observeUnrecorded } from './strays/observe-unrecorded.ts';
import { targetClock } from './target-clock.ts';
import { type LookAtRights, observeRights } from './workloads/look-at-rights.ts';
import type { AutoscalerRecord } from './workloads/observe-autoscaler.ts';

/** Input for an Observation. */
export interface ObserveInput {
  /** Epoch ms, domain time. */
  readonly now: number;
  readonly namespace: string;
  readonly objects: NamespaceObjects;
  readonly limits: Limits;
  /** Our clock minus the API server's, in ms. @default 0 */
  readonly clockSkewMs?: number;
  /** See Observation. @default none */
  readonly elsewhere?: readonly Raises[];
  readonly demand: Pick<DemandHistory, 'observe'>;
  /** Reads the stock of sales. @default no stock is known */
  readonly stock?: StockHistory;
  /** Finds a workload that the caches do not hold: any kind outside apps/v1. */
  readonly findWorkload: FindWorkload;
  /** Looks whether approvals are guarded; asked only where the policy asks for approval. */
  readonly lookAtGuard: LookAtGuard;
  /** Looks at the operator's rights; asked only while a sale is known. @default none is missing */
  readonly lookAtRights?: LookAtRights;
  readonly signal?: AbortSignal | undefined;
}

export type FindWorkload = (
  namespace: string,
  ref: WorkloadRef,
  signal?: AbortSignal,
) => Promise<WorkloadObservation | Missing>;

/** Observes a namespace at `now`: the same objects and samples give the same bytes, whatever their order. */
export async function observeNamespace(input: ObserveInput): Promise<Observation> {
  const { now, namespace, objects, limits, clockSkewMs = 0, elsewhere = [] } = input;
  const targets = sortByName(objects.targets.flatMap(legibleTarget));
  const index: WorkloadIndex = {
    workloads: new Map(objects.workloads.map(workload => [workloadKey(workload), workload])),
    autoscalers: Map.groupBy(objects.autoscalers, ({ scales }) => workloadKey(scales)),
    ...(objects.pods === undefined ? {} : { findPods: findPods(objects.pods, clockSkewMs) }),
  };
  const policy = effectivePolicy(objects.policies);
  const observed = withRaisers(await Promise.all(targets.map(one => observeTarget(one, { ...index, policy }, input))));
  const unreadable = listUnreadable(objects);
  const sales = sortByName(readable(objects.sales));
  const dates = seriesDates(sales, { now, targets: observed.map(({ target }) => target) });
  const unrecorded = observeUnrecorded({ targets: observed, unreadable, objects });
  const strays = await observeStrays({ ...input, targets: observed, unreadable });
  const starts = (name: string) => dates.find(({ sale }) => sale === name)?.starts;
  const leftOut = leftOutOf(objects.sales);
  const stock = await observeStock({ now, namespace, sales, policy, starts }, input.stock);
  const rights = sales.length === 0 ? undefined : await observeRights({ ...input, policy }, observed);
  const served = targets.map(({ target }) => target.spec.workloadRef);
  const { findPods: podsOf } = index;
  const placeholders = sortNamed(observePlaceholders({ ...objects, served, targets: observed, podsOf, clockSkewMs }));
  const guard = policy.approval === undefined ? undefined : await input.lookAtGuard(now, input.signal);
  return {
    now,
    ...(clockSkewMs === 0 ? {} : { clockSkewMs }),
    namespace,
    sales,
    ...(dates.length === 0 ? {} : { dates }),
    ...(objects.deletedSales === undefined ? {} : { deletedSales: objects.deletedSales }),
    targets: observed,
    policy,
    ...(guard === undefined ? {} : { approvalGuard: guard }),
    limits,
    salePlans: sortByName(readable(objects.salePlans)),
    ...(elsewhere.length === 0 ? {} : { elsewhere }),
    ...(strays.length === 0 ? {} : { strays }),
    ...(unrecorded.length === 0 ? {} : { unrecorded }),
    ...(stock.length === 0 ? {} : { stock }),
    ...(leftOut === undefined ? {} : { leftOut }),
    unreadable,
    ...(objects.quotas === undefined ? {} : { quotas: sortNamed(objects.quotas) }),
    ...(objects.limitRanges === undefined ? {} : { limitRanges: sortNamed(objects.limitRanges) }),
    ...(placeholders.length === 0 ? {} : { placeholders }),
    ...(rights === undefined ? {} : { rights }),
    ...((objects.doubts ?? []).length === 0 ? {} : { doubts: objects.doubts }),
  };
}

/** Workloads by workloadKey, since a namespace may hold thousands. */
interface WorkloadIndex {
  readonly workloads: ReadonlyMap<string, WorkloadObservation>;
  readonly autoscalers: ReadonlyMap<string, readonly AutoscalerRecord[]>;
  readonly findPods?: FindPods;
}

/** The objects of a namespace that its targets are observed among. */
interface Surroundings extends WorkloadIndex {
  readonly policy: ScalingPolicySpec;
}

async function observeTarget(
  { target, unreadable, leftOut }: LegibleTarget,
  { workloads, autoscalers, findPods: podsOf, policy }: Surroundings,
  { namespace, now, demand, findWorkload, clockSkewMs = 0, objects, signal }: ObserveInput,
): Promise<TargetObservation> {
  const ref = target.spec.workloadRef;
  const key = workloadKey(ref);
  const [workload, observed, answerTimes] = await Promise.all([
    unknownScaler(ref, objects) ?? workloads.get(key) ?? findWorkload(namespace, ref, signal),
    unreadable === undefined
      ? demand.observe({ ...target.spec.demand, latenessSeconds: target.status?.demandLatenessSeconds }, now, namespace)
      : { missing: 'its ScalingTarget cannot be read' },
    unreadable === undefined ? observeAnswerTimes(target.spec, demand, { now, namespace }) : undefined,
  ]);
  const clock = targetClock(target.spec, policy, now);
  return {
    target,
    ...(clock === undefined ? {} : { clock }),
    ...(unreadable === undefined ? {} : { unreadable }),
    ...(leftOut === undefined ? {} : { leftOut }),
    workload: withFloor(isMissing(workload) ? workload : inOurTime(workload, clockSkewMs), target),
    autoscalers: sortAutoscalers(autoscalers.get(key) ?? [], clockSkewMs),
    demand: observed,
    leadTime: readLeadTime(target, workload),
    ...seenOfWorkload(objects, key),
    ...(answerTimes === undefined ? {} : { answerTimes }),
    ...(podsOf === undefined || isMissing(workload) || workload.selector === undefined
      ? {}
      : { pods: podsOf(workload.selector) }),
  };
}

/** While the HPAs were never read, nobody knows whether one of them scales the workload. */
function unknownScaler({ kind, name }: WorkloadRef, { doubts = [] }: NamespaceObjects): Missing | undefined {
  const isUnread = doubts.some(doubt => doubt.kind === autoscalerKind.kind && doubt.state === 'Unread');
  return isUnread
    ? { missing: `HorizontalPodAutoscalers cannot be read, so it is unknown what scales ${kind} ${name}.` }
    : undefined;
}

/**
 * Adds the floor to a workload without an HPA. It is annotated on the ScalingTarget, since we do not annotate
 * workloads.
 */
function withFloor(workload: WorkloadObservation | Missing, { metadata }: ScalingTarget) {
  const floor = readFloor(metadata.annotations);
  return isMissing(workload) || floor === undefined ? workload : { ...workload, floor };
}

function sortAutoscalers(records: readonly AutoscalerRecord[], skewMs: number): TargetObservation['autoscalers'] {
  return records.map(({ observation }) => inOurTime(observation, skewMs)).sort((a, b) => compareText(a.name, b.name));
}

/** Lists the unreadable objects. Of the policies only `default` is acted on, so only it is reported. */
function listUnreadable(objects: NamespaceObjects): readonly Unreadable[] {
  const policies = objects.policies.filter(({ name }) => name === policyName).map(({ read }) => read);
  const reads: readonly ReadObject<unknown>[] = [
    ...objects.sales,
    ...objects.targets,
    ...policies,
    ...objects.salePlans,
  ];
  return reads
    .flatMap(read => ('unreadable' in read && read.salvaged === undefined ? read.unreadable : []))
    .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name));
}

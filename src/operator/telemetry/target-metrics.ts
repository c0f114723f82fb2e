import { isMissing } from '../../api/missing.ts';
import type { Observation, TargetObservation } from '../../observe/observation.ts';
import { isRaised, scalerOf } from '../../plan/accept/scaler.ts';
import { capOf } from '../../plan/floor/replicas/limit-to-cap.ts';
import type { Plan, TargetPlan } from '../../plan/plan.ts';
import type { RoomPlan } from '../../plan/room/room-plan.ts';
import type { Metrics } from './metrics.ts';
import type { Sample } from './namespace-series.ts';

interface Looked {
  readonly observation: Observation;
  readonly plan: Plan;
}

/** Returns the samples of every target of a namespace, from the latest observation and plan. */
export function targetSamples(metrics: Metrics, { observation, plan }: Looked): readonly Sample[] {
  const { namespace } = plan;
  const rooms = new Map((plan.rooms ?? []).toReversed().map(room => [room.target, room]));
  const observed = new Map(observation.targets.map(each => [each.target.metadata.name, each]));
  return plan.targets.flatMap(planned => {
    const labels = { namespace, target: planned.target };
    const seen = observed.get(planned.target);
    return [
      ...plannedSamples(metrics, labels, planned),
      ...roomSamples(metrics, labels, rooms.get(planned.target)),
      ...(seen === undefined ? [] : observedSamples(metrics, labels, { seen, planned, observation, plan })),
    ];
  });
}

/** Whether the live bounds of a target were below those that Headstart had raised them to. */
export function isContested({ conditions }: Pick<TargetPlan, 'conditions'>): boolean {
  return isTrue(conditions, 'Contested');
}

type TargetLabels = Readonly<Record<'namespace' | 'target', string>>;

function plannedSamples(metrics: Metrics, labels: TargetLabels, planned: TargetPlan): readonly Sample[] {
  const { bounds, floor, expected, conditions } = planned;
  return [
    { gauge: metrics.floor, labels, value: floor ?? 0 },
    { gauge: metrics.minReplicas, labels, value: bounds.minReplicas },
    { gauge: metrics.maxReplicas, labels, value: bounds.maxReplicas },
    { gauge: metrics.atCeiling, labels, value: Number(isTrue(conditions, 'AtCeiling')) },
    { gauge: metrics.demandAvailable, labels, value: Number(isTrue(conditions, 'DemandAvailable')) },
    ...(expected === undefined
      ? []
      : [
          { gauge: metrics.forecast, labels: { ...labels, level: '0.5' }, value: expected.forecast },
          { gauge: metrics.forecast, labels: { ...labels, level: '0.95' }, value: expected.upper },
        ]),
  ];
}

/** Samples of the room of a target; the first of several objects is the one that is used. */
function roomSamples(metrics: Metrics, labels: TargetLabels, room: RoomPlan | undefined): readonly Sample[] {
  if (room?.placeholder === undefined) return [];
  return [
    { gauge: metrics.roomAsked, labels, value: room.replicas ?? room.placeholder.live },
    ...(room.ready === undefined ? [] : [{ gauge: metrics.roomReady, labels, value: room.ready }]),
  ];
}

function observedSamples(
  metrics: Metrics,
  labels: TargetLabels,
  looked: Looked & { readonly seen: TargetObservation; readonly planned: TargetPlan },
): readonly Sample[] {
  const { seen, observation } = looked;
  const { target, workload, demand } = seen;
  const newest = isMissing(demand) ? undefined : demand.recent.values.findLast(value => value !== null);
  const until = raisedUntil(looked);
  return [
    { gauge: metrics.ready, labels, value: isMissing(workload) ? 0 : workload.readyReplicas },
    { gauge: metrics.ceiling, labels, value: capOf(target.spec, observation.policy, observation.limits).replicas },
    ...(newest === undefined || newest === null ? [] : [{ gauge: metrics.demand, labels, value: newest }]),
    ...(isMissing(demand) ? [] : [{ gauge: metrics.demandAgeSeconds, labels, value: demand.ageSeconds }]),
    ...(isMissing(demand) || demand.latenessSeconds === undefined
      ? []
      : [{ gauge: metrics.demandLatenessSeconds, labels, value: demand.latenessSeconds }]),
    ...(until === undefined ? [] : [{ gauge: metrics.raisedUntil, labels, value: until / 1000 }]),
  ];
}

/**
 * Returns the end of the last sale that raised a target, in epoch ms, while its bounds are raised; 0 when no known sale
 * reaches it any more. Undefined while nothing is raised, and when an ordinary peak may have raised it without a sale.
 */
function raisedUntil({
  seen,
  planned,
  plan,
}: Looked & { readonly seen: TargetObservation; readonly planned: TargetPlan }): number | undefined {
  const scaler = scalerOf(seen);
  if (scaler === undefined || !isRaised(scaler) || planned.reason === 'OrdinaryPeak') return undefined;
  const ends = plan.sales
    .filter(({ prescaleTime }) => prescaleTime <= plan.now)
    .filter(({ targets }) => targets.some(({ target }) => target === planned.target))
    .map(({ end }) => end);
  if (ends.length === 0 && seen.target.spec.ordinaryPeaks) return undefined;
  return Math.max(0, ...ends);
}

function isTrue(conditions: TargetPlan['conditions'], wanted: string): boolean {
  return conditions.some(({ type, status }) => type === wanted && status === 'True');
}

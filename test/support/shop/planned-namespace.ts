import { ParseError } from '../../../src/api/faults/parse-error.ts';
import { parseInstant } from '../../../src/api/instant.ts';
import { isMissing, type Missing } from '../../../src/api/missing.ts';
import { scalingPolicySchema } from '../../../src/api/scaling-policy.ts';
import type {
  AutoscalerObservation,
  DemandObservation,
  Limits,
  Observation,
  TargetObservation,
  Unreadable,
  WorkloadObservation,
} from '../../../src/observe/observation.ts';
import type { DemandForecasts } from '../../../src/plan/demand/demand-forecasts.ts';
import { planForecastWindows } from '../../../src/plan/demand/plan-forecast-windows.ts';
import { saleEventsByTarget } from '../../../src/plan/demand/sale-events.ts';
import { seriesDates } from '../../../src/recurrence/series-dates.ts';
import { acceptedOf } from './accepted-of.ts';
import { type GivenFields, givenNamespace as namespace } from './given-fields.ts';
import { type GivenPods, leadTimeOf, podsOf } from './given-pods.ts';
import { type GivenApproval, type GivenSale, type GivenSalePlan, givenPlans } from './given-sales.ts';
import { type GivenStock, stockOf } from './given-stock.ts';
import { parseGivenTarget, readGivenSale } from './kept-parses.ts';
import { keptForecast } from './made-up/kept-forecast.ts';
import type { MadeUpDemand } from './made-up/made-up-forecast.ts';
import { autoscalerOf } from './made-up-autoscaler.ts';
import { type GivenPlaceholder, placeholderOf } from './rooms/given-placeholders.ts';

/** A namespace in a few lines, as the cases under test/cases write it; what is not said is ordinary and healthy. */
export interface Given
  extends Pick<Observation, 'quotas' | 'limitRanges' | 'rights' | 'unrecorded' | 'prunedFields' | 'doubts'> {
  readonly now: string;
  readonly policy?: GivenFields;
  readonly limits?: Partial<Limits>;
  readonly sales?: readonly GivenSale[];
  readonly stock?: GivenStock;
  readonly deletedSales?: readonly string[];
  readonly targets: Readonly<Record<string, GivenTarget | null>>;
  /** Names of sales without a SalePlan. */
  readonly unplanned?: readonly string[];
  /** @default one for each sale of late or ahead, still empty, known for weeks */
  readonly salePlans?: readonly GivenSalePlan[];
  /** Approvals by the name of the sale. */
  readonly approvals?: Readonly<Record<string, GivenApproval>>;
  /** Why no approval counts. */
  readonly approvalGuard?: Missing;
  readonly unreadable?: readonly Unreadable[];
  /** Deployments of placeholder pods. */
  readonly placeholders?: readonly GivenPlaceholder[];
}

export interface GivenTarget extends MadeUpDemand, Pick<TargetObservation, 'answerTimes'> {
  /** GivenFields of `spec`, laid over a service of 4..20 replicas under a ceiling of 240, 10 requests/s each, no headroom. */
  readonly spec?: GivenFields;
  readonly metadata?: GivenFields;
  /** What the operator has said of it so far. */
  readonly status?: GivenFields;
  readonly hpa?: Partial<AutoscalerObservation> | 'none';
  /** A second HPA. */
  readonly otherHpa?: Partial<AutoscalerObservation>;
  readonly workload?: Partial<WorkloadObservation> | Missing;
  readonly demand?: Partial<DemandObservation> | Missing;
  readonly leadTimeSeconds?: number;
  readonly pods?: GivenPods;
}

/** The Observation of a given namespace; what cannot be parsed is unreadable, as it is on a cluster. */
export function observationOf(given: Given): Observation {
  const now = parseInstant(given.now);
  const reads = (given.sales ?? []).map(readGivenSale);
  const sales = reads.flatMap(one => ('value' in one ? one.value : []));
  const targets = Object.entries(given.targets).map(([name, target]) =>
    readTarget(name, () => targetOf(name, target ?? {}, now)),
  );
  return {
    now,
    namespace,
    sales,
    dates: seriesDates(sales, { now, targets: targets.flatMap(({ value }) => value?.target ?? []) }),
    ...(given.deletedSales === undefined ? {} : { deletedSales: given.deletedSales }),
    targets: targets
      .flatMap(({ value }) => value ?? [])
      .sort((a, b) => (a.target.metadata.name < b.target.metadata.name ? -1 : 1)),
    policy: scalingPolicySchema.shape.spec.parse(given.policy ?? {}),
    ...(given.approvalGuard === undefined ? {} : { approvalGuard: given.approvalGuard }),
    limits: {
      replicasPerTarget: 1000,
      replicasPerNamespace: 10_000,
      surgeRoomPercent: 50,
      tickSeconds: 15,
      staleAfterSeconds: 300,
      writesPerSecond: 20,
      ...given.limits,
    },
    salePlans: givenPlans(given, sales, now),
    ...(given.unrecorded === undefined ? {} : { unrecorded: given.unrecorded }),
    ...(given.stock === undefined ? {} : { stock: stockOf(given.stock, sales, now) }),
    unreadable: [
      ...(given.unreadable ?? []),
      ...reads.flatMap(one => ('unreadable' in one ? one.unreadable : [])),
      ...targets.flatMap(({ unreadable }) => unreadable ?? []),
    ],
    ...(given.prunedFields && { prunedFields: given.prunedFields }),
    ...(given.doubts && { doubts: given.doubts }),
    ...(given.quotas && { quotas: given.quotas }),
    ...(given.placeholders && { placeholders: given.placeholders.map(one => placeholderOf(one, now)) }),
    ...(given.rights && { rights: given.rights }),
    ...(given.limitRanges && { limitRanges: given.limitRanges }),
  };
}

function readTarget<T>(name: string, parse: () => T): { readonly value?: T; readonly unreadable?: Unreadable } {
  try {
    return { value: parse() };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { unreadable: { kind: 'ScalingTarget', name, field: error.field, message: error.message } };
  }
}

/** Forecasts made up from what is given: flat ordinary demand, and sales that rise for a third and fall for two. */
export function forecastsOf(given: Given, observation: Observation): DemandForecasts {
  const accepted = acceptedOf(observation);
  const events = saleEventsByTarget(accepted);
  return Object.fromEntries(
    planForecastWindows(observation, accepted).map(window => [
      window.id,
      Object.fromEntries(
        observation.targets.map(({ target: { metadata, spec } }) => {
          const target = given.targets[metadata.name] ?? {};
          return [
            metadata.name,
            keptForecast({
              window,
              target,
              events: events.get(metadata.name) ?? [],
              stepSeconds: spec.demand.stepSeconds,
            }),
          ];
        }),
      ),
    ]),
  );
}

function targetOf(name: string, given: GivenTarget, now: number): TargetObservation {
  const target = parseGivenTarget(name, given);
  const workload = workloadOf(name, given);
  const autoscalers = [given.hpa, given.otherHpa]
    .filter((hpa, index) => hpa !== 'none' && (index === 0 || hpa !== undefined))
    .map((hpa, index) => autoscalerOf(index === 0 ? name : `${name}-other`, hpa === 'none' ? {} : (hpa ?? {})));
  return {
    target,
    workload,
    autoscalers,
    demand: demandOf(given, now),
    leadTime: leadTimeOf(target, given.leadTimeSeconds, workload),
    ...(given.answerTimes === undefined ? {} : { answerTimes: given.answerTimes }),
    ...(given.pods === undefined ? {} : { pods: podsOf(given.pods, now) }),
  };
}

function workloadOf(name: string, { workload = {}, hpa }: GivenTarget): WorkloadObservation | Missing {
  if (isMissing(workload)) return workload;
  const replicas = workload.replicas ?? (hpa === 'none' ? 4 : (hpa?.currentReplicas ?? hpa?.minReplicas ?? 4));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name,
    uid: `uid-${name}`,
    resourceVersion: '1',
    replicas,
    readyReplicas: replicas,
    ...workload,
  };
}

function demandOf({ demand = {}, forecast }: GivenTarget, now: number): DemandObservation | Missing {
  if (isMissing(demand)) return demand;
  const last = typeof forecast === 'number' ? forecast : 20;
  return {
    recent: { start: now - 600_000, stepSeconds: 60, values: new Array<number>(10).fill(last) },
    historyKey: 'made up',
    ageSeconds: 30,
    source: 'prometheus',
    ...demand,
  };
}

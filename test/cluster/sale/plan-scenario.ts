import { fitDemand, type Series } from '../../../forecasts/index.ts';
import { parseFlashSale } from '../../../src/api/flash-sale.ts';
import type { PlannedTarget } from '../../../src/api/sale-plan.ts';
import { defaultPolicySpec } from '../../../src/api/scaling-policy.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import type { Observation, TargetObservation } from '../../../src/observe/observation.ts';
import { limitsOf } from '../../../src/operator/settings/limits.ts';
import { parseSettings } from '../../../src/operator/settings/settings.ts';
import { acceptNamespace } from '../../../src/plan/accept/accept-namespace.ts';
import { fitBoundary } from '../../../src/plan/demand/fit-boundary.ts';
import { forecastTargets } from '../../../src/plan/demand/forecast-targets.ts';
import { planForecastWindows } from '../../../src/plan/demand/plan-forecast-windows.ts';
import { saleEventsByTarget } from '../../../src/plan/demand/sale-events.ts';
import { namespaceFloors } from '../../../src/plan/floor/namespace-floors.ts';
import { planNamespace } from '../../../src/plan/plan-namespace.ts';
import type { DemandHistory } from '../history/demand-history.ts';
import {
  flashSale,
  policySpec,
  type ScenarioService,
  scalingTarget,
  statedPeak,
  type statements,
} from './sale-manifests.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const namespace = 'shop';

/** A scenario of the suite just before its floor is due. */
export interface PlannedScenario {
  readonly history: DemandHistory;
  readonly services: readonly ScenarioService[];
}

/** For each way to state the peak: the part of the plan of each of the scenario's services. */
export type PlannedSales = Readonly<Record<keyof typeof statements, readonly PlannedTarget[]>>;

/**
 * Plans the scenario's sale two minutes before it begins, for each way to state its peak: the operator's own code from
 * the Observation to the Plan, with the models of the last boundary. They are fitted once for all statements, because a
 * fit uses only the times of the upcoming sale; `predict` gets its stated peak.
 */
export function planScenario(scenario: PlannedScenario): PlannedSales {
  const observe = (statement: keyof typeof statements) => observeScenario(scenario, statement);
  const { now, targets } = observe('generous');
  const events = saleEventsByTarget(acceptNamespace(observe('generous')));
  const boundary = fitBoundary(now);
  const fitted = Object.fromEntries(
    targets.map(({ target: { metadata } }, i) => {
      const demand = demandOf(scenario, scenario.services[i], boundary - 28 * dayMs, boundary);
      return [metadata.name, fitDemand(demand, { now: boundary, events: events.get(metadata.name) ?? [] })];
    }),
  );
  const plan = (statement: keyof typeof statements) => {
    const observation = observe(statement);
    const accepted = acceptNamespace(observation);
    const windows = planForecastWindows(observation, accepted);
    const forecasts = forecastTargets({ observation, windows, events: saleEventsByTarget(accepted), fitted });
    const { sales } = planNamespace(namespaceFloors({ observation, accepted, forecasts }));
    return sales.find(({ sale }) => sale === scenario.history.sale.name)?.targets ?? [];
  };
  return { generous: plan('generous'), meagre: plan('meagre') };
}

function observeScenario(scenario: PlannedScenario, statement: keyof typeof statements): Observation {
  const { history, services } = scenario;
  const { sale, pastSales } = history;
  const now = sale.start - 2 * minuteMs;
  const settings = parseSettings({});
  const sales = [
    ...pastSales.map(past => flashSale(past, namespace, past.peakPercent)),
    flashSale(sale, namespace, statedPeak(sale.peakPercent, statement)),
  ];
  return {
    now,
    namespace,
    sales: sales.map(object => parseFlashSale(object)).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
    targets: services.map(service => observeService(scenario, service, now)),
    policy: { ...defaultPolicySpec(), ...policySpec },
    limits: limitsOf(settings),
    salePlans: [],
    unreadable: [],
  };
}

function observeService(scenario: PlannedScenario, service: ScenarioService, now: number): TargetObservation {
  const { name, baseline } = service;
  const target = parseScalingTarget(scalingTarget(service, scenario.services, namespace));
  const replicas = baseline.minReplicas;
  const autoscaler = { name, uid: '', resourceVersion: '', currentReplicas: replicas, desiredReplicas: replicas };
  return {
    target,
    workload: { ...target.spec.workloadRef, uid: '', resourceVersion: '', replicas, readyReplicas: replicas },
    autoscalers: [{ ...autoscaler, ...baseline, otherWriters: [] }],
    demand: {
      recent: demandOf(scenario, service, now - 2 * hourMs, now),
      historyKey: name,
      ageSeconds: 0,
      source: 'prometheus',
    },
    leadTime: { seconds: target.spec.leadTimeSeconds, source: 'Stated' },
  };
}

/** The demand on a service per minute, as the operator reads it, as far back as the history goes. */
function demandOf(
  { history: { demand } }: PlannedScenario,
  service: ScenarioService | undefined,
  from: number,
  to: number,
): Series {
  const first = Math.max(0, (from - demand.start) / minuteMs);
  const values = minuteMeans(demand)
    .slice(first, (to - demand.start) / minuteMs)
    .map(value => (value === null ? null : value * (service?.share ?? 0)));
  return { start: demand.start + first * minuteMs, stepSeconds: 60, values };
}

type Values = Series['values'];
const remembered = new WeakMap<Values, Values>();

/** The means of the full minutes of a series of 15 s steps; equal values are averaged once, whatever their start. */
function minuteMeans({ values }: Series): Values {
  const known = remembered.get(values);
  if (known !== undefined) return known;
  const means = Array.from({ length: Math.floor(values.length / 4) }, (_, i) => {
    const sum = values.slice(4 * i, 4 * i + 4).reduce((total: number, value) => total + (value ?? Number.NaN), 0);
    return Number.isNaN(sum) ? null : sum / 4;
  });
  remembered.set(values, means);
  return means;
}

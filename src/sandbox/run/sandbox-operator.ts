import { fitDemand, lastValueDemand } from '../../../forecasts/index.ts';
import { type FlashSale, type FlashSaleStatus, parseFlashSale } from '../../api/flash-sale.ts';
import { floorAnnotation, floorMaxAnnotation } from '../../api/group.ts';
import { parseSalePlan, type SalePlan } from '../../api/sale-plan.ts';
import { encodeScalingTargetStatus, parseScalingTarget } from '../../api/scaling-target.ts';
import { startApiServer } from '../../apiserver/http/api-server.ts';
import type { ObjectStore } from '../../apiserver/store/object-store.ts';
import { type Connection, connect } from '../../kube/connect.ts';
import { flashSales, type ResourceKind, salePlans, scalingTargets } from '../../kube/resources/resource-kind.ts';
import { parseSettings } from '../../operator/settings/settings.ts';
import { type Operator, startOperator } from '../../operator/start-operator.ts';
import { createLog } from '../../operator/telemetry/log.ts';
import { type AutoscalerObject, autoscalerResource } from '../controllers/workload-objects.ts';
import { type QueryableSeries, startPrometheusEndpoint } from '../prometheus-endpoint.ts';
import type { RunningSandbox } from './keep-running.ts';
import { describeScaleUps } from './learned-targets.ts';
import { type ForecastRecord, recordForecasts } from './sandbox-forecasts.ts';
import {
  type ClusterHandle,
  judgeRun,
  namespace,
  type RunMoment,
  type RunSpan,
  type SandboxRun,
  spanOf,
  startCluster,
} from './sandbox-run.ts';
import { readCrds, type SandboxScenario } from './sandbox-scenario.ts';

/**
 * A fault injected on purpose, to check that the comparison shows it. `late`: targets state no lead time, and the sale
 * is announced only when it begins. `no-forecast`: the last value replaces the forecast.
 */
export type SandboxFault = 'late' | 'no-forecast';

export interface HeadstartRun extends SandboxRun {
  /** The forecasts for the entry point, one for each plan. */
  readonly forecasts: readonly ForecastRecord[];
  /** The FlashSale and its SalePlan at the end. */
  readonly sale: FlashSale;
  readonly salePlan: SalePlan | undefined;
  /** The lead time of each target that was scaled up, as it was learned in the run, in a sentence each. */
  readonly leadTimes: readonly string[];
  /** What has not been restored, in words; empty when every bound is back at its baseline. */
  readonly unrestored: readonly string[];
}

/** How long a run is, and what is done before its cluster goes. */
export interface HeadstartRunOptions {
  /** @default from half an hour before the sale to half an hour after it */
  readonly span?: RunSpan;
  /** Awaited at the end of the run, while its API and its operator still answer. */
  readonly whileUp?: ((sandbox: RunningSandbox, run: HeadstartRun) => Promise<void>) | undefined;
}

const tickMs = 15_000;

/**
 * Runs the sale with the real operator, which uses only HTTP: the sandbox's Kubernetes and Prometheus. Domain time
 * stands still while the operator works.
 */
export async function runWithHeadstart(
  setup: SandboxScenario,
  fault: SandboxFault | undefined,
  onMinute: (moment: RunMoment) => void = () => {},
  { span = spanOf(setup), whileUp }: HeadstartRunOptions = {},
): Promise<HeadstartRun> {
  const handle = startCluster(setup, span);
  // Commands take the time of the cluster from its answers; the operator's is the sandbox's already.
  const server = await startApiServer({ ...handle, wallMs: () => handle.clock.now() });
  const prometheus = await startPrometheusEndpoint(seriesOf(setup), handle.clock);
  const connection = await connect({ server: server.url, namespace, transport: { onDate: () => undefined } });
  const forecasts: ForecastRecord[] = [];
  try {
    await createObjects(connection, setup, fault);
    const operator = await startOperator({
      connection,
      clock: handle.clock,
      settings: parseSettings({
        sources: { prometheus: { type: 'prometheus', url: prometheus.url } },
        listen: { health: 'off', metrics: 'off' },
        leaderElection: { enabled: false },
      }),
      log: createLog('error', line => process.stderr.write(line)),
      fitDemand: recordForecasts(fault === 'no-forecast' ? lastValueDemand : fitDemand, {
        clock: handle.clock,
        target: setup.scenario.services.find(service => service.entryPoint)?.name ?? '',
        onForecast: record => forecasts.push(record),
      }),
      ticks: 'Caller',
    });
    try {
      await advanceThrough({ handle, operator, connection, setup, fault, onMinute });
      const run = { ...judgeRun(setup, handle), forecasts, ...(await readEnd(connection, setup, handle.store)) };
      await whileUp?.({ url: server.url, clock: handle.clock, operator, connection }, run);
      return run;
    } finally {
      await operator.stop();
    }
  } finally {
    handle.cluster.stop();
    connection.close();
    await Promise.all([server.close(), prometheus.close()]);
  }
}

interface LiveOptions {
  readonly handle: ClusterHandle;
  readonly operator: Operator;
  readonly connection: Connection;
  readonly setup: SandboxScenario;
  readonly fault: SandboxFault | undefined;
  readonly onMinute: (moment: RunMoment) => void;
}

/** Advances tick by tick, each time only after the operator has seen all events and finished its work. */
async function advanceThrough({ handle, operator, connection, setup, fault, onMinute }: LiveOptions): Promise<void> {
  const { store, clock, cluster, span } = handle;
  const announcedAt = fault === 'late' ? setup.scenario.sale.announced.start : span.begin;
  await operator.whenLeading();
  for (let t = span.begin; t <= span.until; t += tickMs) {
    await clock.advanceTo(t);
    if (t === announcedAt) await announce(connection, setup.sale);
    await operator.tick();
    if (t % 60_000 === 0) onMinute({ now: t, cluster, sale: readStatus(store, setup.sale.metadata.name) });
  }
}

function readStatus(store: ObjectStore, name: string): FlashSaleStatus {
  const stored = store.collection(`${flashSales.plural}.${flashSales.group}`).get(namespace, name);
  return (stored?.status ?? {}) as FlashSaleStatus;
}

/** Creates the objects as `kubectl apply` would: the CRDs, then the targets, then the past sales. */
async function createObjects(
  connection: Connection,
  { targets, pastSales }: SandboxScenario,
  fault: SandboxFault | undefined,
): Promise<void> {
  for (const crd of readCrds()) await connection.resource(customResourceDefinitions).create(crd);
  for (const target of targets) {
    const { status, ...stated } = target;
    const spec = fault === 'late' ? { ...target.spec, leadTimeSeconds: 0 } : target.spec;
    const { metadata } = target;
    await connection.resource(scalingTargets).create({ ...stated, metadata: { ...metadata, namespace }, spec });
    if (status === undefined) continue;
    const learned = { status: encodeScalingTargetStatus(status) };
    await connection.resource(scalingTargets).merge({ name: metadata.name, namespace }, learned, { sub: 'status' });
  }
  for (const sale of pastSales) await announce(connection, sale);
}

async function announce(connection: Connection, sale: FlashSale): Promise<void> {
  await connection.resource(flashSales).create({ ...sale, metadata: { ...sale.metadata, namespace } });
}

const customResourceDefinitions: ResourceKind = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};

/** The series that Prometheus has scraped: the query of each target, with a gap for the outage. */
function seriesOf({ scenario, targets }: SandboxScenario): readonly QueryableSeries[] {
  const { demand, outage } = scenario;
  return targets.map(({ metadata, spec }) => ({
    query: spec.demand.query,
    windowSeconds: 60,
    mean: (from, until) => (until > outage.start && from < outage.end ? null : demand.mean(metadata.name, from, until)),
  }));
}

async function readEnd(connection: Connection, setup: SandboxScenario, store: ObjectStore) {
  const { name } = setup.sale.metadata;
  const sale = parseFlashSale(await connection.resource(flashSales).get({ name, namespace }));
  const plans = await connection.resource(salePlans).page({ namespace });
  const salePlan = plans.items.map(parseSalePlan).find(plan => plan.spec.sale.name === name);
  const targets = await connection.resource(scalingTargets).page({ namespace });
  const leadTimes = targets.items.map(parseScalingTarget).flatMap(describeScaleUps);
  return { sale, salePlan, leadTimes, unrestored: findUnrestored(setup, store) };
}

function findUnrestored({ targets }: SandboxScenario, store: ObjectStore): readonly string[] {
  return targets.flatMap(({ metadata: { name }, spec: { baseline } }) => {
    const autoscaler = store.collection<AutoscalerObject>(autoscalerResource).get(namespace, name);
    const { minReplicas, maxReplicas } = autoscaler?.spec ?? {};
    if (minReplicas !== baseline.minReplicas || maxReplicas !== baseline.maxReplicas) {
      return [
        `${name} has bounds ${minReplicas}..${maxReplicas} instead of ${baseline.minReplicas}..${baseline.maxReplicas}`,
      ];
    }
    const { annotations = {} } = autoscaler?.metadata ?? {};
    const left = [floorAnnotation, floorMaxAnnotation].filter(annotation => Object.hasOwn(annotations, annotation));
    return left.map(annotation => `${name} still has annotation ${annotation}`);
  });
}

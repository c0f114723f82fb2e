import type { ChildProcess } from '../control-plane/child-process.ts';
import type { ControlPlane } from '../control-plane/start-control-plane.ts';
import type { DemandHistory, HistoricSale } from '../history/demand-history.ts';
import type { Need, Span } from '../judge/trace.ts';
import { type MetricProxy, startMetricProxy } from '../metrics/metric-proxy.ts';
import { apply, applyAll, describe } from '../support/apply-manifests.ts';
import { type NamespaceRecord, recordNamespace } from '../support/cluster-recorder.ts';
import { until } from '../support/kubernetes-client.ts';
import type { KubernetesObject } from '../support/kubernetes-object.ts';
import { flashSale, type ScenarioService, scalingPolicy, scalingTarget } from './sale-manifests.ts';
import { type ShopService, shopService } from './shop-service.ts';
import { startOperator } from './start-operator.ts';

/** The parts that all scenarios of one run share. */
export interface Stage {
  readonly cluster: ControlPlane;
  readonly history: DemandHistory;
  readonly prometheusUrl: string;
  /** Path of a kubeconfig of the operator's ServiceAccount. */
  readonly operatorKubeconfig: string;
  readonly operatorNamespace: string;
}

/** A shop in its own namespace, with its own operator and its own proxy of Prometheus. */
export interface Scenario {
  readonly namespace: string;
  readonly services: readonly ScenarioService[];
  readonly proxy: MetricProxy;
  readonly record: NamespaceRecord;
  readonly needs: readonly Need[];
  /** Epoch ms from which only the operator may write. */
  readonly startedAt: number;
  /** The running operator, or the last one that ran. */
  operator(): ChildProcess;
  startOperator(): ChildProcess;
  announce(sale: HistoricSale, statedPeakPercent: number): Promise<void>;
  readSalePlan(sale: HistoricSale): Promise<KubernetesObject>;
  stop(): Promise<void>;
}

/**
 * Applies the shop and its past sales, waits until the HPAs settle, starts the recording and the operator, and
 * announces the sale.
 */
export async function startScenario(
  stage: Stage,
  namespace: string,
  services: readonly ScenarioService[],
): Promise<Scenario> {
  const { cluster, history } = stage;
  const { client } = cluster;
  const proxy = await startMetricProxy(stage.prometheusUrl);
  await applyAll(client, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  await applyAll(client, [scalingPolicy(namespace)], { fieldManager: 'gitops' });
  for (const service of services) {
    await applyAll(client, shopService(toShopService(service, namespace)), { fieldManager: 'gitops' });
    await applyAll(client, [scalingTarget(service, services, namespace)], { fieldManager: 'gitops' });
  }
  await applyAll(
    client,
    history.pastSales.map(sale => flashSale(sale, namespace, sale.peakPercent)),
    { fieldManager: 'gitops' },
  );
  const record = await recordNamespace(client, namespace);

  const launch = () =>
    startOperator({
      folder: cluster.folder,
      name: namespace,
      kubeconfig: stage.operatorKubeconfig,
      leaseNamespace: stage.operatorNamespace,
      namespace,
      prometheusUrl: proxy.url,
    });
  let operator = launch();
  const startedAt = Date.now();
  return {
    namespace,
    services,
    proxy,
    record,
    startedAt,
    needs: services.map(service => needOf(service, history)),
    operator: () => operator,
    startOperator() {
      operator = launch();
      return operator;
    },
    async announce(sale, statedPeakPercent) {
      const { status, body } = await apply(client, flashSale(sale, namespace, statedPeakPercent), {
        fieldManager: 'merchandiser',
      });
      if (status >= 300) throw new Error(`${sale.name} refused: ${describe(body)}`);
    },
    async readSalePlan(sale) {
      const path = `/apis/headstart.dev/v1alpha1/namespaces/${namespace}/saleplans?labelSelector=headstart.dev%2Fflash-sale%3D${sale.name}`;
      const { body } = await client.call('GET', path);
      const [plan] = (body as { items: readonly KubernetesObject[] }).items;
      if (plan === undefined) throw new Error(`no SalePlan of ${sale.name} in ${namespace}`);
      return plan;
    },
    async stop() {
      await operator.stop('SIGKILL');
      await record.stop();
      await proxy.shut();
    },
  };
}

/** Waits until the sale has a plan with steps for every service. */
export function untilPlanned(scenario: Scenario, sale: HistoricSale, timeoutMs: number): Promise<KubernetesObject> {
  return until(
    `the plan of ${scenario.namespace}`,
    timeoutMs,
    () => scenario.readSalePlan(sale),
    plan => {
      const { targets = [] } = (plan.status?.plan ?? {}) as { targets?: readonly { steps: readonly unknown[] }[] };
      return targets.length === scenario.services.length && targets.every(({ steps }) => steps.length > 0);
    },
  );
}

/** The span of a sale to judge. */
export function spanOf({ start, end }: HistoricSale): Span {
  return { start, end };
}

function toShopService(service: ScenarioService, namespace: string): ShopService {
  const { name, baseline, capacityPerReplica, hpaTargetPercent = 40 } = service;
  return { name, namespace, baseline, capacityPerReplica, targetPercent: hpaTargetPercent, startDelay: '10s' };
}

function needOf({ name, share, capacityPerReplica }: ScenarioService, { demand }: DemandHistory): Need {
  const values = demand.values.map(value => (value === null ? null : value * share));
  return { workload: name, capacityPerReplica, demand: { ...demand, values } };
}

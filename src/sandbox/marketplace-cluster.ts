import type { Clock } from '../api/clock.ts';
import type { ObjectStore } from '../apiserver/store/object-store.ts';
import { drawPodStart } from '../simulate/pods.ts';
import type { Scenario } from '../simulate/scenario.ts';
import { startControllerManager } from './controllers/controller-manager.ts';
import { type LiveMarketplace, startLiveMarketplace } from './controllers/live-marketplace.ts';
import { type ClusterRecord, recordCluster } from './controllers/record-cluster.ts';
import {
  type AutoscalerObject,
  autoscalerResource,
  deploymentResource,
  type WorkloadObject,
} from './controllers/workload-objects.ts';

export interface MarketplaceClusterOptions {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly namespace: string;
  readonly scenario: Scenario;
  /** One Deployment and one HPA per service. */
  readonly deployments: readonly WorkloadObject[];
  readonly autoscalers: readonly AutoscalerObject[];
}

export interface MarketplaceCluster {
  readonly record: ClusterRecord;
  readonly live: LiveMarketplace;
  stop(): void;
}

/**
 * Starts a simulated cluster: controllers, traffic through its pods, and a record of what the API showed. Each
 * Deployment starts with the replicas that its HPA will ask for at the current demand.
 */
export function startMarketplaceCluster(options: MarketplaceClusterOptions): MarketplaceCluster {
  const { store, clock, namespace, scenario } = options;
  const abort = new AbortController();
  const names = scenario.services.map(service => service.name);
  const record = recordCluster({ store, clock }, namespace, names);
  const live = startLiveMarketplace({ ...options, ...scenario, record }, abort.signal);
  const stopControllers = startControllerManager({
    store,
    clock,
    metrics: live.metrics,
    podStart: (workload, pod) => {
      const service = scenario.services.find(one => one.name === workload);
      return drawPodStart(scenario.seed, pod, service?.startSeconds ?? { least: 1, most: 2 });
    },
  });
  store.collection('namespaces').create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  for (const autoscaler of options.autoscalers) {
    store.collection<AutoscalerObject>(autoscalerResource).create(inNamespace(autoscaler, namespace));
  }
  for (const deployment of options.deployments) {
    const replicas = firstReplicas(options, deployment.metadata.name);
    const placed = inNamespace(deployment, namespace);
    store.collection<WorkloadObject>(deploymentResource).create({ ...placed, spec: { ...placed.spec, replicas } });
  }
  return {
    record,
    live,
    stop: () => {
      stopControllers();
      abort.abort();
    },
  };
}

function firstReplicas({ scenario, autoscalers: all, clock }: MarketplaceClusterOptions, name: string): number {
  const service = scenario.services.find(one => one.name === name);
  const autoscaler = all.find(one => one.spec.scaleTargetRef.name === name);
  const { minReplicas = 1, maxReplicas = 1, metrics = [] } = autoscaler?.spec ?? {};
  if (service === undefined) return minReplicas;
  const target = metrics[0]?.resource?.target.averageUtilization ?? 80;
  const wanted = Math.ceil(scenario.demand.at(name, clock.now()) / ((service.capacityPerReplica * target) / 100));
  return Math.min(maxReplicas, Math.max(minReplicas, wanted));
}

function inNamespace<T extends WorkloadObject | AutoscalerObject>(object: T, namespace: string): T {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

import { dataStoresOf } from '../data-stores.ts';
import type { EnvironmentFacts } from '../environment-schema.ts';
import type { Facts, ServiceFacts } from '../facts-schema.ts';
import { sizeReplicas } from '../sized-service.ts';

/** The resources of a namespace, as a quota counts them. */
export interface NamespaceResources {
  readonly cpuMillicores: number;
  readonly memoryMebibytes: number;
  readonly pods: number;
}

/** Additional pods of a rolling update at the peak, in percent. */
const rolloutPercent = 25;

/**
 * The resources that an environment requests with every service at its ceiling and the largest being rolled out, plus
 * the data stores inside it.
 */
export function peakDemand(
  environment: EnvironmentFacts,
  facts: Pick<Facts, 'name' | 'services' | 'stores'>,
): NamespaceResources {
  const { services } = facts;
  const demands = services.map(service => demandOf(service, sizeReplicas(service, environment).ceiling));
  const rollouts = services.map(service =>
    demandOf(service, Math.ceil((sizeReplicas(service, environment).ceiling * rolloutPercent) / 100)),
  );
  const stores = environment.dataStores === 'InCluster' ? dataStoresOf(environment, facts) : [];
  const total = (resource: keyof NamespaceResources) =>
    demands.reduce((sum, demand) => sum + demand[resource], 0) +
    stores.reduce((sum, store) => sum + store.resources[resource], 0) +
    Math.max(...rollouts.map(rollout => rollout[resource]));
  return { cpuMillicores: total('cpuMillicores'), memoryMebibytes: total('memoryMebibytes'), pods: total('pods') };
}

function demandOf({ resources }: ServiceFacts, pods: number): NamespaceResources {
  return {
    cpuMillicores: pods * resources.cpuMillicores,
    memoryMebibytes: pods * resources.memoryMebibytes,
    pods,
  };
}

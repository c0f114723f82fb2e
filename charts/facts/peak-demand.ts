import type { EnvironmentFacts, ServiceFacts } from './facts-schema.ts';
import { sizeReplicas } from './sized-service.ts';

/** Resources of a namespace, as a quota counts them. */
export interface NamespaceResources {
  readonly cpuMillicores: number;
  readonly memoryMebibytes: number;
  readonly pods: number;
}

/** A rolling update at the peak adds a quarter of the pods. */
const rolloutPercent = 25;

/** What an environment's services request when each stands at its ceiling and one of them, the largest, is being rolled out. */
export function peakDemand(environment: EnvironmentFacts, services: readonly ServiceFacts[]): NamespaceResources {
  const demands = services.map(service => demandOf(service, sizeReplicas(service, environment).ceiling));
  const rollouts = services.map(service =>
    demandOf(service, Math.ceil((sizeReplicas(service, environment).ceiling * rolloutPercent) / 100)),
  );
  const total = (resource: keyof NamespaceResources) =>
    demands.reduce((sum, demand) => sum + demand[resource], 0) +
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

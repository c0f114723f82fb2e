import { k8s } from 'cdk8s-plus-27';
import type { PodSize } from '../../facts/data-stores.ts';

/** Requests of CPU and memory, and a limit of memory alone: a CPU limit would slow a pod while its node is idle. */
export function resourcesFor({ cpuMillicores, memoryMebibytes }: PodSize) {
  return {
    requests: { cpu: `${cpuMillicores}m`, memory: `${memoryMebibytes}Mi` },
    limits: { memory: `${memoryMebibytes}Mi` },
  };
}

/** The same as typed quantities. */
export function typedResourcesFor({ cpuMillicores, memoryMebibytes }: PodSize): k8s.ResourceRequirements {
  const memory = k8s.Quantity.fromString(`${memoryMebibytes}Mi`);
  return { requests: { cpu: k8s.Quantity.fromString(`${cpuMillicores}m`), memory }, limits: { memory } };
}

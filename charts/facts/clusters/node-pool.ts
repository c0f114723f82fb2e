import type { EnvironmentFacts } from '../environment-schema.ts';
import type { Facts } from '../facts-schema.ts';
import { peakDemand } from './peak-demand.ts';

/** The cores of the pool's nodes, the fewest first. */
export const nodeCores = [8, 16, 32] as const;

/** GiB of memory per core of the families c, m and r. */
export const gibibytesPerCore = { c: 2, m: 4, r: 8 } as const;

/** The percentage of a node that pods can request; the rest is its system's, its DaemonSets' and what does not fit. */
const usablePercent = 85;

/**
 * The limits of the pool, which Karpenter compares with the capacity of whole nodes rather than with requests: what the
 * peaks of the environments need, a quarter more, and at least one node more. Memory is limited by what the cores have
 * in the family with the most of it, so that the cores decide.
 */
export function nodePoolLimits(
  environments: readonly EnvironmentFacts[],
  facts: Pick<Facts, 'name' | 'services' | 'stores'>,
): { readonly cpu: number; readonly memoryGibibytes: number } {
  const peaks = environments.map(environment => peakDemand(environment, facts));
  const sum = (of: (peak: (typeof peaks)[number]) => number) => peaks.reduce((total, peak) => total + of(peak), 0);
  const byMemory = sum(peak => peak.memoryMebibytes) / 1024 / gibibytesPerCore.r;
  const cores = (Math.max(sum(peak => peak.cpuMillicores) / 1000, byMemory) * 100) / usablePercent;
  const [smallest] = nodeCores;
  const cpu = Math.max(Math.ceil(1.25 * cores), (Math.ceil(cores / smallest) + 1) * smallest);
  return { cpu, memoryGibibytes: cpu * gibibytesPerCore.r };
}

/** The most that one pod can request: what the largest node of the pool leaves to pods. */
export function largestPod(): { readonly cpuMillicores: number; readonly memoryMebibytes: number } {
  const cores = Math.max(...nodeCores);
  return {
    cpuMillicores: cores * 10 * usablePercent,
    memoryMebibytes: Math.floor((cores * gibibytesPerCore.r * 1024 * usablePercent) / 100),
  };
}

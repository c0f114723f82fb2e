import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { gibibytesPerCore, nodeCores, nodePoolLimits } from '../../../../charts/facts/clusters/node-pool.ts';
import { peakDemand } from '../../../../charts/facts/clusters/peak-demand.ts';
import type { Facts } from '../../../../charts/facts/facts-schema.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { sizeReplicas } from '../../../../charts/facts/sized-service.ts';
import { synthesize } from '../../../../charts/synthesize.ts';

const own = readOwnFacts();
/** Cores and GiB that a node's own system and DaemonSets take. */
const taken = { cores: 0.5, gibibytes: 2 };

describe.each(Object.entries(gibibytesPerCore))('with nodes of family %s', (_family, perCore) => {
  test.each(own.environments.map(({ name }) => [name]))('the pool can make what the peak of %s needs', name => {
    const facts = { ...own, environments: own.environments.filter(each => each.name === name) };
    const limits = nodePoolLimits(facts.environments, facts);
    const nodes = packPods(facts, perCore);
    const [cores] = nodeCores;
    if (perCore >= 4) expect(nodes * cores).toBeLessThanOrEqual(limits.cpu);
    expect(nodes * cores * Math.min(perCore, 4)).toBeLessThanOrEqual(limits.memoryGibibytes);
  });
});

test('a shop smaller than one node gets a node, and one more', () => {
  const [first] = own.services;
  const [environment] = own.environments;
  if (first === undefined || environment === undefined) throw new Error('no facts');
  const facts = {
    ...own,
    stores: {},
    services: [{ ...first, uses: [], calls: [], ceiling: 8, baseline: { minReplicas: 2, maxReplicas: 4 } }],
    environments: [{ ...environment, sizePercent: 100 }],
  };
  expect(peakDemand(facts.environments[0] ?? environment, facts).cpuMillicores).toBeLessThan(8000);
  expect(nodePoolLimits(facts.environments, facts)).toEqual({ cpu: 16, memoryGibibytes: 128 });
});

test('nodes are of recent generations, and none is replaced around a sale', () => {
  const start = Date.UTC(2026, 10, 27, 18);
  const freezes = [{ namespace: 'marketplace', sales: ['drop'], start, end: start + 4 * 3_600_000 }];
  const files = synthesize(own, { image: 'headstart:0', definitions: [], freezes });
  const { spec } = parse(files.get('nodes/nodepool.marketplace.yaml') ?? '');
  expect(spec.disruption.budgets).toEqual([
    { nodes: '10%' },
    { nodes: '0', schedule: '0 18 27 11 *', duration: '240m' },
  ]);
  const requirements = spec.template.spec.requirements.map(({ key }: { key: string }) => key);
  expect(requirements).toContain('karpenter.k8s.aws/instance-category');
  expect(requirements).toContain('karpenter.k8s.aws/instance-generation');
});

/** The nodes of eight cores that the pods of an environment need at its peak: first fit, the largest pods first. */
function packPods(facts: Facts, gibibytesOfCore: number): number {
  const [environment] = facts.environments;
  const [cores] = nodeCores;
  if (environment === undefined) throw new Error('no environment');
  const pods = facts.services
    .flatMap(service =>
      Array.from({ length: sizeReplicas(service, environment).ceiling }, () => ({
        cores: service.resources.cpuMillicores / 1000,
        gibibytes: service.resources.memoryMebibytes / 1024,
      })),
    )
    .sort((a, b) => b.cores - a.cores || b.gibibytes - a.gibibytes);
  const nodes: { cores: number; gibibytes: number }[] = [];
  for (const pod of pods) {
    const node = nodes.find(each => each.cores >= pod.cores && each.gibibytes >= pod.gibibytes);
    const target = node ?? { cores: cores - taken.cores, gibibytes: cores * gibibytesOfCore - taken.gibibytes };
    if (node === undefined) nodes.push(target);
    target.cores -= pod.cores;
    target.gibibytes -= pod.gibibytes;
  }
  return nodes.length;
}

import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../../charts/synthesize.ts';
import { parseScalingPolicy } from '../../../../src/api/scaling-policy.ts';
import { observeBuffer } from '../../../../src/observe/capacity/observe-buffer.ts';
import { observeWorkload } from '../../../../src/observe/workloads/observe-workload.ts';
import { areTooSmall } from '../../../../src/plan/room/placeholder-count.ts';

const facts = readOwnFacts();
const environments = facts.environments.map(one =>
  one.name === 'staging' ? { ...one, nodeRoom: 'PlaceholderPods' as const } : one,
);
const files = synthesize({ ...facts, environments }, { image: 'headstart:0', definitions: [] });
const read = (file: string) => parse(files.get(file) ?? '');

test('an environment with placeholder pods has a policy that asks for them, and others have none', () => {
  const policyOf = (name: string) =>
    parseScalingPolicy(read(`${name}/platform/scalingpolicy.default.yaml`)).spec.nodeRoom;
  expect([policyOf('staging'), policyOf('production')]).toEqual(['PlaceholderPods', 'CapacityBuffer']);
  const elsewhere = [...files.keys()].filter(
    file => file.endsWith('-placeholder.yaml') && !file.startsWith('cluster/') && !file.startsWith('staging/'),
  );
  expect(elsewhere).toEqual([]);
});

test('each service that can be raised has placeholders of its size, which give way and whose number nobody states', () => {
  const targets = [...files.keys()].filter(file => /^staging\/.*\/scalingtarget\./.test(file)).map(read);
  const raised = targets.filter(({ spec }) => spec.ceiling > spec.baseline.minReplicas);
  expect(raised.length).toBeGreaterThan(5);
  for (const { metadata } of raised) {
    const folder = `staging/${metadata.name}`;
    const placeholders = read(`${folder}/deployment.${metadata.name}-placeholder.yaml`);
    expect(placeholders.spec).not.toHaveProperty('replicas');
    const own = observeWorkload(read(`${folder}/deployment.${metadata.name}.yaml`));
    const observed = observeWorkload(placeholders);
    expect(observed.placeholder).toMatchObject({
      target: metadata.name,
      priorityClassName: 'marketplace-placeholder',
    });
    expect(observed.placeholder?.podLabels).not.toHaveProperty('app.kubernetes.io/name');
    expect(areTooSmall(own.pod, observed.pod)).toBe(false);
  }
});

test('each service that can be raised has a CapacityBuffer of its own pods, whose size nobody states', () => {
  const targets = [...files.keys()].filter(file => /^production\/.*\/scalingtarget\./.test(file)).map(read);
  const raised = targets.filter(({ spec }) => spec.ceiling > spec.baseline.minReplicas);
  expect(raised.length).toBeGreaterThan(5);
  for (const { metadata } of raised) {
    const buffer = observeBuffer(read(`production/${metadata.name}/capacitybuffer.${metadata.name}-sale.yaml`));
    expect(buffer).toMatchObject({ target: metadata.name, replicas: 0, scales: { name: metadata.name }, buffer: {} });
    expect(buffer?.buffer).not.toHaveProperty('percentage');
  }
});

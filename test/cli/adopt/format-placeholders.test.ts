import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { formatPlaceholders, type PlacedTarget } from '../../../src/cli/adopt/format-placeholders.ts';
import { observeWorkload } from '../../../src/observe/workloads/observe-workload.ts';
import { areTooSmall } from '../../../src/plan/room/placeholder-count.ts';

const spec = {
  nodeSelector: { disk: 'fast' },
  tolerations: [{ key: 'shop', operator: 'Exists' }],
  affinity: { podAntiAffinity: {}, nodeAffinity: {} },
  initContainers: [
    { name: 'proxy', restartPolicy: 'Always', resources: { requests: { cpu: '100m' }, limits: { memory: '64Mi' } } },
    { name: 'migrate', resources: { requests: { memory: '2Gi' } } },
  ],
  containers: [
    { name: 'app', resources: { requests: { cpu: '1500m', memory: '1Gi', 'nvidia.com/gpu': 1 } } },
    { name: 'log', resources: { requests: { cpu: '0.05', 'ephemeral-storage': '1Gi' } } },
  ],
};
const of = (name: string, template: object = spec): PlacedTarget => ({
  target: { metadata: { name, namespace: 'shop' } },
  template: { spec: template } as never,
});
const write = (...targets: readonly PlacedTarget[]) =>
  parseAllDocuments(formatPlaceholders(targets, { image: 'pause:1', priorityClass: 'low' })).map(one => one.toJS());

test('placeholders request what the scheduler counts for a pod, where it may run, and nothing says how many', () => {
  const [priority, deployment, second] = write(of('checkout'), of('cart'));
  expect(priority).toMatchObject({ kind: 'PriorityClass', metadata: { name: 'low' }, value: -10 });
  expect(second.metadata.name).toBe('cart-placeholder');
  expect(deployment.metadata).toEqual({
    name: 'checkout-placeholder',
    namespace: 'shop',
    labels: { 'headstart.dev/placeholder-for': 'checkout' },
  });
  expect(deployment.spec).not.toHaveProperty('replicas');
  const pod = deployment.spec.template.spec;
  expect(pod).toMatchObject({
    priorityClassName: 'low',
    terminationGracePeriodSeconds: 0,
    nodeSelector: { disk: 'fast' },
    tolerations: [{ key: 'shop', operator: 'Exists' }],
    affinity: { nodeAffinity: {} },
  });
  expect(pod.affinity).not.toHaveProperty('podAntiAffinity');
  const requests = { cpu: '1650m', memory: '2112Mi', 'ephemeral-storage': '1024Mi', 'nvidia.com/gpu': '1' };
  expect(pod.containers).toMatchObject([{ image: 'pause:1', resources: { requests, limits: requests } }]);
});

test('the operator finds them: for their target, of its size, and giving way', () => {
  const [, deployment] = write(of('checkout'));
  const { placeholder, pod } = observeWorkload(deployment);
  expect(placeholder).toMatchObject({ target: 'checkout', priorityClassName: 'low' });
  const own = observeWorkload({ kind: 'Deployment', spec: { template: { spec } } } as never).pod;
  expect(areTooSmall(own, pod)).toBe(false);
});

test('pods that request nothing get none, with the next step', () => {
  expect(() => write(of('checkout', { containers: [{ name: 'app' }] }))).toThrow(
    'the pods of checkout request nothing, so no room is kept for them: state their requests',
  );
});

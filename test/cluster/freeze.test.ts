import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/kube/connect.ts';
import { rightsApi } from '../../src/observe/workloads/look-at-rights.ts';
import type { ChildProcess } from './control-plane/child-process.ts';
import { type ControlPlane, startControlPlane } from './control-plane/start-control-plane.ts';
import { installOperator, operatorAccount } from './sale/install-operator.ts';
import { runHeadstart, startOperatorWith } from './sale/start-operator.ts';
import { apply, applyAll, describe as describeAnswer, readManifests } from './support/apply-manifests.ts';
import {
  FrozenShop,
  freeNamespace,
  freezingPolicy,
  frozenNamespace,
  frozenWorkloads,
  imagePatch,
  kubectl,
  plurals,
  restart,
  runKubectl,
  runningSale,
  watchedTarget,
  workload,
} from './support/frozen-shop.ts';
import { type Answer, until } from './support/kubernetes-client.ts';
import { openToldChannel, type ToldChannel } from './support/told-channel.ts';

const annotation = 'headstart.dev/break-glass';
let cluster: ControlPlane;
let kubeconfig: string;
let shop: FrozenShop;
let operator: ChildProcess;
let channel: ToldChannel;

beforeAll(async () => {
  cluster = await startControlPlane();
  shop = new FrozenShop(cluster.client);
  channel = await openToldChannel();
  kubeconfig = await installOperator(cluster);
  const guard = globSync(path.join(cluster.folder, 'manifests', 'cluster', '**', '*.yaml'))
    .flatMap(readManifests)
    .filter(({ metadata }) => metadata.name === 'headstart-freeze');
  expect(guard).toHaveLength(2);
  await applyAll(cluster.client, [...guard, ...frozenWorkloads('1')]);
  await shop.untilRevision('1');
  await applyAll(cluster.client, frozenWorkloads('2'));
  await shop.untilRevision('2');
  const now = Date.now();
  await applyAll(cluster.client, [watchedTarget, freezingPolicy(0), runningSale(now, now + 3_600_000)]);
  operator = launch();
  await shop.untilFlag(({ active }) => active);
  await until(
    'the guard in force',
    60_000,
    () => shop.patch('Deployment', imagePatch('3'), { dryRun: true }),
    ({ status }) => status === 403,
  );
}, 300_000);

afterAll(async () => {
  await operator?.stop();
  await cluster?.stop();
  channel?.close();
});

describe('while the operator says that a freeze window is open', () => {
  test.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)(
    'the pod template of a %s stays as it is',
    async kind => {
      const answer = await shop.patch(kind, imagePatch('3'));
      expect(answer.status).toBe(403);
      const { since, until: end } = await shop.flag();
      expect(describeAnswer(answer.body)).toContain(
        `pod templates in ${frozenNamespace} are frozen until ${end} around drop. In need: kubectl annotate -n ${frozenNamespace} ${plurals[kind]} ${kind.toLowerCase()} --overwrite ${annotation}="${since} WHY"`,
      );
    },
  );

  test.each<[string, number, () => Promise<Answer>]>([
    ['scales through /scale', 200, () => shop.patch('Deployment', { spec: { replicas: 3 } }, { sub: '/scale' })],
    ['scales in the spec', 200, () => shop.patch('Deployment', { spec: { replicas: 2 } })],
    [
      'changes labels and the pace of rollouts',
      200,
      () => shop.patch('StatefulSet', { metadata: { labels: { team: 'a' } } }),
    ],
    ['applies the same image from Git', 200, () => apply(cluster.client, workload('Deployment', { image: '2' }))],
    ['applies another image from Git', 403, () => apply(cluster.client, workload('Deployment', { image: '3' }))],
    ['restarts the pods', 403, () => shop.patch('Deployment', restart)],
    [
      'deploys what was not there',
      201,
      () => shop.create({ ...workload('Deployment', { image: '1' }), metadata: { name: 'new' } }),
    ],
    [
      'deploys where no policy freezes',
      200,
      () => shop.patch('Deployment', imagePatch('3'), { namespace: freeNamespace }),
    ],
  ])('who %s gets %i', async (_title, status, send) => {
    const answer = await send();
    expect(answer.status, describeAnswer(answer.body)).toBe(status);
  });

  test('the glass is broken by the window’s own time and a reason, in the request or before it', async () => {
    const { since = '' } = await shop.flag();
    const broken = (value: string) => ({ ...imagePatch('4'), metadata: { annotations: { [annotation]: value } } });
    for (const value of ['2020-01-01T00:00:00Z cart is down', since, `${since}  `, `${since}cart`, 'cart is down'])
      expect((await shop.patch('StatefulSet', broken(value), { dryRun: true })).status, value).toBe(403);
    expect((await shop.patch('StatefulSet', broken(`${since} cart is down`))).status).toBe(200);
    expect((await shop.patch('StatefulSet', imagePatch('5'))).status).toBe(200);
  });

  test.skipIf(kubectl === undefined)(
    'kubectl rollout undo waits for the annotation, and takes it away (left out where no kubectl is packed)',
    async () => {
      await expect(runKubectl(cluster, 'rollout', 'undo', 'deployment/deployment')).rejects.toThrow(
        /are frozen until .* kubectl annotate/,
      );
      const { since } = await shop.flag();
      const reason = `${annotation}=${since} cart is down`;
      await runKubectl(cluster, 'annotate', 'deployments', 'deployment', '--overwrite', reason);
      await runKubectl(cluster, 'rollout', 'undo', 'deployment/deployment');
      expect(await shop.image()).toBe('shop.example/cart:1');
      expect((await shop.patch('Deployment', imagePatch('6'))).status).toBe(403);
    },
  );

  test('headstart freeze check says until when, and exits 3', async () => {
    const { code, text } = await check();
    expect(code).toBe(3);
    expect(text).toMatch(/^frozen: deployments are frozen until .* around drop$/m);
    expect(text).not.toContain('status.freeze');
  });
});

test('the operator is told which rights it has', async () => {
  const connection = await connect({ kubeconfig });
  try {
    const { mayDo, userName } = rightsApi(connection);
    const asked = ['deployments/scale', 'deployments'].map(
      resource => ({ verb: 'patch', group: 'apps', resource }) as const,
    );
    for (const namespace of [undefined, frozenNamespace])
      expect(await Promise.all(asked.map(right => mayDo(right, namespace)))).toEqual([true, false]);
    expect(await userName()).toBe('system:serviceaccount:headstart-system:headstart');
  } finally {
    connection.close();
  }
});

test('a flag that a dead operator leaves behind holds templates until its end, and nothing after it', async () => {
  const end = Math.ceil(Date.now() / 1000) * 1000 + 45_000;
  const sale = runningSale(Date.now(), end);
  await shop.patchOurs('flashsales/drop', { spec: { endTime: (sale.spec as { endTime: string }).endTime } });
  const shown = new Date(end).toISOString().replace('.000Z', 'Z');
  await shop.untilFlag(status => status.until === shown);
  await operator.stop('SIGKILL');
  await until(
    'the template may be changed',
    180_000,
    () => shop.patch('DaemonSet', imagePatch('6')),
    ({ status }) => status === 200,
  );
  expect(Date.now()).toBeGreaterThanOrEqual(end);
  expect(await shop.flag()).toMatchObject({ active: true, until: shown });
  const { code, text } = await check();
  expect(code).toBe(0);
  expect(text).toContain(`status.freeze.active is still set although it ended at ${shown}`);

  operator = launch();
  await shop.untilFlag(({ active, until: last }) => !active && last === undefined);
});

test('the channel was told that the sale is planned and that it has ended, each once, by both operators', () =>
  channel.expectWholeSale());

function launch(): ChildProcess {
  const { namespace } = operatorAccount;
  return startOperatorWith({
    folder: cluster.folder,
    name: 'freezer',
    kubeconfig,
    settings: {
      watchNamespaces: [frozenNamespace],
      leaderElection: { namespace, name: 'freezer' },
      listen: { health: 'off', metrics: 'off' },
      channels: channel.settings,
    },
  });
}

/** Asks the command; its log has what it said before, too. */
async function check(): Promise<{ readonly code: number | null; readonly text: string }> {
  const asked = ['freeze', 'check', '-n', frozenNamespace];
  const { code, logFile } = await runHeadstart(cluster.folder, cluster.kubeconfig, asked);
  return { code, text: readFileSync(logFile, 'utf8') };
}

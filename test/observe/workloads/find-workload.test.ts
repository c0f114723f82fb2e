import { describe, expect, test } from 'vitest';
import { connect } from '../../../src/kube/connect.ts';
import { createFindWorkload } from '../../../src/observe/workloads/find-workload.ts';
import { json, type Script, scriptedServer, status } from '../../kube/scripted-server.ts';

const ref = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'checkout' };
const served = (...names: readonly string[]) =>
  json(200, {
    resources: names.map(name => ({ name, kind: name.endsWith('/scale') ? 'Scale' : 'Rollout', namespaced: true })),
  });

/** A server that answers by path; anything else is 404. */
function byPath(answers: Readonly<Record<string, Script>>): Script {
  return (asked, response) => (answers[asked.path] ?? status(404, 'NotFound'))(asked, response);
}

async function find(answers: Readonly<Record<string, Script>>, times = 1, of = ref) {
  await using server = await scriptedServer(byPath(answers));
  const connection = await connect({ server: server.url });
  const findWorkload = createFindWorkload(connection);
  let found: unknown;
  for (let i = 0; i < times; i += 1) found = await findWorkload('shop', of);
  connection.close();
  return { found, paths: server.asked.map(asked => asked.path) };
}

const group = '/apis/argoproj.io/v1alpha1';
const rollout = `${group}/namespaces/shop/rollouts/checkout`;
const object = json(200, {
  metadata: { name: 'checkout', uid: 'u1', resourceVersion: '5' },
  status: { readyReplicas: 3 },
});
const scale = json(200, { spec: { replicas: 4 }, status: { replicas: 4 } });

describe('a workload that no cache holds', () => {
  test('is found by what the server calls its kind, which is asked for once', async () => {
    const answers = { [group]: served('rollouts', 'rollouts/scale'), [rollout]: object, [`${rollout}/scale`]: scale };
    const { found, paths } = await find(answers, 2);
    expect(found).toMatchObject({ ...ref, uid: 'u1', resourceVersion: '5', replicas: 4, readyReplicas: 3 });
    expect(paths.filter(path => path === group)).toHaveLength(1);
    expect(paths).toHaveLength(5);
  });

  test('of apps/v1 needs no discovery', async () => {
    const deployment = '/apis/apps/v1/namespaces/shop/deployments/checkout';
    const of = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' };
    const { found, paths } = await find({ [deployment]: object, [`${deployment}/scale`]: scale }, 1, of);
    expect(found).toMatchObject({ ...of, replicas: 4 });
    expect(paths.toSorted()).toEqual([deployment, `${deployment}/scale`]);
  });

  test.each<[string, Readonly<Record<string, Script>>, string]>([
    ['the group is not served', {}, 'the cluster serves no Rollout in argoproj.io/v1alpha1.'],
    ['the kind is not served', { [group]: served() }, 'the cluster serves no Rollout in argoproj.io/v1alpha1.'],
    [
      'it cannot be scaled',
      { [group]: served('rollouts') },
      'a Rollout of argoproj.io/v1alpha1 cannot be scaled: it has no scale subresource.',
    ],
    [
      'it is not there',
      { [group]: served('rollouts', 'rollouts/scale') },
      'there is no Rollout "checkout" in namespace shop.',
    ],
    [
      'it may not be read',
      {
        [group]: served('rollouts', 'rollouts/scale'),
        [rollout]: object,
        [`${rollout}/scale`]: status(403, 'Forbidden'),
      },
      `Rollout "checkout" cannot be read: GET ${rollout}/scale: 403 Forbidden: Forbidden`,
    ],
  ])('is missing, in a sentence, when %s', async (_, answers, missing) => {
    expect((await find(answers)).found).toEqual({ missing });
  });

  test('is looked for again once its kind may have been installed', async () => {
    expect((await find({ [group]: status(404, 'NotFound') }, 2)).paths).toEqual([group, group]);
  });
});

import { describe, expect, test } from 'vitest';
import { type Right, rightKey } from '../../../src/api/autoscalers/needed-rights.ts';
import {
  createLookAtRights,
  type LookAtRights,
  observeRights,
  rightsApi,
} from '../../../src/observe/workloads/look-at-rights.ts';

const patchHpa: Right = { verb: 'patch', group: 'autoscaling', resource: 'horizontalpodautoscalers' };
const patchScale: Right = { verb: 'patch', group: 'apps', resource: 'deployments/scale' };
const where = (namespace: string) => ({ namespace, rights: [patchHpa, patchScale] });

/** An API that grants `granted`: `NAMESPACE RESOURCE`, with * for all namespaces; an Error is thrown. */
function looking(granted: (asked: string) => boolean | Error) {
  const asked: string[] = [];
  const look = createLookAtRights({
    mayDo: async ({ resource }, namespace = '*') => {
      asked.push(`${namespace} ${resource}`);
      const answer = granted(`${namespace} ${resource}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    userName: async () => 'system:serviceaccount:headstart-system:headstart',
  });
  return { look, asked };
}

test('each right that the targets take is asked for once', async () => {
  const target = { spec: { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' } } };
  const asked: string[] = [];
  const lookAtRights: LookAtRights = async ({ namespace, rights }) => {
    asked.push(...rights.map(right => `${namespace} ${rightKey(right)}`));
    return { missing: rights };
  };
  const targets = [
    { target, autoscalers: [{}] },
    { target, autoscalers: [{}] },
  ];
  expect(await observeRights({ namespace: 'a', now: 0, lookAtRights }, targets)).toHaveProperty('missing.length', 4);
  expect(asked).toHaveLength(4);
  expect(await observeRights({ namespace: 'a', now: 0, lookAtRights }, [])).toBeUndefined();
  expect(await observeRights({ namespace: 'a', now: 0 }, targets)).toBeUndefined();
});

describe('the look at the operator’s rights', () => {
  test('asks once for all namespaces where it has them everywhere, and again after five minutes', async () => {
    const { look, asked } = looking(() => true);
    for (const namespace of ['a', 'b', 'c']) expect(await look(where(namespace), 0)).toBeUndefined();
    expect(asked).toEqual(['* horizontalpodautoscalers', '* deployments/scale']);
    await look(where('a'), 299_999);
    expect(asked).toHaveLength(2);
    await look(where('a'), 300_000);
    expect(asked).toHaveLength(4);
  });

  test('names what is missing in one namespace, with the user who lacks it', async () => {
    const { look } = looking(asked => asked === 'a horizontalpodautoscalers' || asked.endsWith('deployments/scale'));
    expect(await look(where('a'), 0)).toBeUndefined();
    expect(await look(where('b'), 0)).toEqual({
      missing: [patchHpa],
      user: 'system:serviceaccount:headstart-system:headstart',
    });
  });

  test('sees a right that was given within a minute', async () => {
    let isGiven = false;
    const { look } = looking(() => isGiven);
    expect(await look(where('a'), 0)).toHaveProperty('missing', [patchHpa, patchScale]);
    isGiven = true;
    expect(await look(where('a'), 59_999)).toHaveProperty('missing');
    expect(await look(where('a'), 60_000)).toBeUndefined();
  });

  test('takes no answer for a right: the write will tell', async () => {
    const { look } = looking(() => new Error('no answer'));
    expect(await look(where('a'), 0)).toBeUndefined();
  });

  test('asks the reviews of the API server', async () => {
    const calls: unknown[] = [];
    const body = { status: { allowed: false, userInfo: { username: 'headstart' } } };
    const send = async ({ method, path, body: sent }: { method: string; path: string; body?: unknown }) => {
      calls.push([method, path, sent]);
      return { status: 201, headers: {}, body: Buffer.from(JSON.stringify(body)) };
    };
    const api = rightsApi({ transport: { send } as never });
    expect([await api.mayDo(patchScale, 'shop'), await api.userName()]).toEqual([false, 'headstart']);
    const resourceAttributes = { ...patchScale, resource: 'deployments', subresource: 'scale', namespace: 'shop' };
    expect(calls).toEqual([
      [
        'POST',
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } },
      ],
      [
        'POST',
        '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
      ],
    ]);
  });
});

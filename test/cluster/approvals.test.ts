import { globSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/kube/connect.ts';
import { guardFault, guardName, readGuard } from '../../src/observe/approval-guard.ts';
import { type ControlPlane, startControlPlane } from './control-plane/start-control-plane.ts';
import { synthesizeManifests } from './marketplace/synthesize-manifests.ts';
import { apply, applyAll, describe as describeAnswer, readManifests } from './support/apply-manifests.ts';
import {
  type ApprovalRequest,
  approvalBy,
  approvalRequests,
  namespaceOf,
  plan,
  rights,
  target,
  type User,
  users,
} from './support/approval-requests.ts';
import { type Answer, until } from './support/kubernetes-client.ts';
import type { KubernetesObject } from './support/kubernetes-object.ts';
import { answersTo, largeSaleEdits } from './support/large-sale-edits.ts';

const namespace = 'approvals';
const plans = `/apis/headstart.dev/v1alpha1/namespaces/${namespace}/saleplans`;
const bindings = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings';

let cluster: ControlPlane;
let guard: readonly KubernetesObject[];

beforeAll(async () => {
  cluster = await startControlPlane();
  const folder = path.join(cluster.folder, 'manifests');
  await synthesizeManifests(folder);
  guard = globSync(`${folder}/cluster/**/*.yaml`)
    .sort()
    .flatMap(readManifests)
    .filter(({ metadata }) => [guardName, 'headstart-emergencies', 'headstart-large-sales'].includes(metadata.name));
  await applyAll(cluster.client, globSync('crds/*.yaml').sort().flatMap(readManifests));
  await applyAll(cluster.client, [namespaceOf(namespace), ...users.flatMap(user => rights(user, namespace)), ...guard]);
  await until(
    'the guard in force',
    60_000,
    () => send('editor', 'POST', plans, plan('first', approvalBy('editor'))),
    ({ status }) => status === 403,
  );
}, 300_000);

afterAll(() => cluster?.stop());

describe('of 40 requests', () => {
  const each = approvalRequests.flatMap(([what, editor, approver, request], index) => [
    { user: 'editor' as User, what, expected: editor, request, name: `plan-${index}-editor` },
    { user: 'approver' as User, what, expected: approver, request, name: `plan-${index}-approver` },
  ]);

  test('there are 40', () => {
    expect(each).toHaveLength(40);
  });

  test.each(each)('the $user who $what gets $expected', async ({ user, expected, request, name }) => {
    await prepare(name, request.stands);
    const before = await approvalOf(name);
    const answer = await sendRequest(user, name, request);
    expect(answer.status, describeAnswer(answer.body)).toBe(expected);
    if (expected === 403) {
      expect(describeAnswer(answer.body)).toMatch(
        /permission to approve saleplans|must be the user name of its writer/,
      );
      expect(await approvalOf(name)).toEqual(before);
    }
  });
});

test.each(largeSaleEdits)(
  'who %s gets %i without the verb announce-large, %i with it',
  async (_, without, having, edit) => {
    expect(await answersTo(edit, plans.replace('saleplans', 'flashsales'), send)).toEqual([without, having]);
  },
);

test.each(['scalingpolicies/default', 'scalingtargets/checkout'])(
  'an emergency of %s is stated in its own name',
  async address => {
    const [plural = '', name = ''] = address.split('/');
    const own = `/apis/headstart.dev/v1alpha1/namespaces/${namespace}/${plural}`;
    const kind = plural === 'scalingpolicies' ? 'ScalingPolicy' : 'ScalingTarget';
    const stated = (requestedBy: string, reason: string) => ({
      emergency: { action: 'Ceiling', until: '2030-01-01T00:00:00Z', requestedBy, reason },
    });
    const patch = (spec: object) => send('editor', 'PATCH', `${own}/${name}`, { spec }, 'application/merge-patch+json');
    const object = (spec: object) => ({
      apiVersion: 'headstart.dev/v1alpha1',
      kind,
      metadata: { name },
      spec: kind === 'ScalingPolicy' ? spec : { ...target, ...spec },
    });
    const answers = [
      await send('editor', 'POST', own, object(stated('approver', 'cache'))),
      await send('editor', 'POST', own, object(stated('editor', 'cache'))),
      await patch(stated('approver', 'cache')),
      await patch(stated('editor', 'database')),
      await send(
        'approver',
        'PATCH',
        `${own}/${name}`,
        { metadata: { labels: { seen: 'yes' } } },
        'application/merge-patch+json',
      ),
      await send(
        'approver',
        'PATCH',
        `${own}/${name}`,
        { spec: { emergency: { reason: 'mine' } } },
        'application/merge-patch+json',
      ),
      await send('approver', 'PATCH', `${own}/${name}`, { spec: { emergency: null } }, 'application/merge-patch+json'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 201, 403, 200, 200, 403, 200]);
    expect(describeAnswer(answers[0]?.body)).toContain(
      'spec.emergency.requestedBy must be the user name of its writer',
    );
  },
);

test('a namespace goes with its approved plans', async () => {
  await applyAll(cluster.client, [namespaceOf('ending'), ...rights('approver', 'ending')]);
  const created = await send(
    'approver',
    'POST',
    plans.replace(namespace, 'ending'),
    plan('last', approvalBy('approver')),
  );
  expect(created.status, describeAnswer(created.body)).toBe(201);
  await cluster.client.call('DELETE', '/api/v1/namespaces/ending');
  await until(
    'the namespace gone',
    60_000,
    () => cluster.client.call('GET', '/api/v1/namespaces/ending'),
    ({ status }) => status === 404,
  );
});

test('the operator sees the guard in force, and each way in which it is not', async () => {
  const connection = await connect({ kubeconfig: cluster.kubeconfig });
  const look = async () => guardFault(await readGuard(connection))?.missing;
  const [policy, binding] = guard.filter(({ metadata }) => metadata.name === guardName);
  if (policy === undefined || binding === undefined) throw new Error('the manifests have no guard');
  try {
    expect(await look()).toBeUndefined();
    const audit = { ...binding, spec: { policyName: guardName, validationActions: ['Audit'] } };
    expect((await apply(cluster.client, audit)).status).toBe(200);
    expect(await look()).toMatch(/does not deny/);
    await cluster.client.call('DELETE', `${bindings}/${guardName}`);
    expect(await look()).toMatch(/no ValidatingAdmissionPolicyBinding/);
    await applyAll(cluster.client, [binding]);
    expect(await look()).toBeUndefined();
  } finally {
    connection.close();
  }
});

async function sendRequest(user: User, name: string, request: ApprovalRequest): Promise<Answer> {
  const { body, patch, json, update, applied, isDeletion, sub } = request;
  const own = `${plans}/${name}${sub === undefined ? '' : `/${sub}`}`;
  if (body !== undefined) return send(user, 'POST', plans, body(name, user));
  if (isDeletion) return send(user, 'DELETE', own);
  if (json !== undefined) return send(user, 'PATCH', own, json, 'application/json-patch+json');
  if (patch !== undefined) return send(user, 'PATCH', own, patch(user), 'application/merge-patch+json');
  const live = (await cluster.client.call('GET', own)).body as KubernetesObject;
  if (update !== undefined) return send(user, 'PUT', own, update(live));
  const approved = { ...plan(name, applied?.(user) ?? {}) };
  return apply(cluster.client, { ...approved, metadata: { ...approved.metadata, namespace } }, { asUser: user });
}

async function prepare(name: string, stands: ApprovalRequest['stands']): Promise<void> {
  if (stands === 'Nothing') return;
  const approval = stands === 'Plan' ? undefined : approvalBy('approver');
  const created = await send('approver', 'POST', plans, plan(name, approval));
  expect(created.status, describeAnswer(created.body)).toBe(201);
  if (stands !== 'Review') return;
  const status = { review: { reviewedAt: '2026-11-28T00:00:00Z', targets: [] } };
  const reviewed = await send(
    'approver',
    'PATCH',
    `${plans}/${name}/status`,
    { status },
    'application/merge-patch+json',
  );
  expect(reviewed.status, describeAnswer(reviewed.body)).toBe(200);
}

async function approvalOf(name: string): Promise<unknown> {
  const { body } = await cluster.client.call('GET', `${plans}/${name}`);
  return (body as { spec?: { approval?: unknown } }).spec?.approval;
}

function send(asUser: User, method: string, address: string, body?: unknown, contentType?: string): Promise<Answer> {
  return cluster.client.call(method, address, body, { asUser, ...(contentType === undefined ? {} : { contentType }) });
}

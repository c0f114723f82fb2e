import type { KubernetesObject } from './kubernetes-object.ts';

/** Users that may write SalePlans; only the approver has the verb approve. */
export const users = ['editor', 'approver'] as const;
export type User = (typeof users)[number];

/** A request on one SalePlan, and what stands before it. */
export interface ApprovalRequest {
  readonly stands: 'Nothing' | 'Plan' | 'Approval' | 'Review';
  readonly body?: (name: string, by: User) => KubernetesObject;
  readonly patch?: (by: User) => object;
  readonly json?: readonly object[];
  readonly update?: (live: KubernetesObject) => object;
  readonly applied?: (by: User) => object;
  readonly isDeletion?: true;
  readonly sub?: 'status';
}

/** What one request does to a SalePlan of its own, and the answers to both users. The approver has given what stands. */
export const approvalRequests: readonly (readonly [what: string, editor: number, approver: number, ApprovalRequest])[] =
  [
    ['creates a SalePlan without an approval', 201, 201, { stands: 'Nothing', body: name => plan(name) }],
    [
      'creates one with an approval of its own',
      403,
      201,
      { stands: 'Nothing', body: (name, by) => plan(name, approvalBy(by)) },
    ],
    [
      "creates one in another's name",
      403,
      403,
      { stands: 'Nothing', body: name => plan(name, approvalBy('somebody')) },
    ],
    ['gives an approval', 403, 200, { stands: 'Plan', patch: by => ({ spec: { approval: approvalBy(by) } }) }],
    [
      "gives one in another's name",
      403,
      403,
      { stands: 'Plan', patch: () => ({ spec: { approval: approvalBy('somebody') } }) },
    ],
    ['gives one by a server-side apply', 403, 200, { stands: 'Plan', applied: by => approvalBy(by) }],
    [
      'approves more replicas',
      403,
      200,
      { stands: 'Approval', patch: () => ({ spec: { approval: { upTo: upTo(90) } } }) },
    ],
    [
      'approves fewer replicas',
      403,
      200,
      { stands: 'Approval', patch: () => ({ spec: { approval: { upTo: upTo(9) } } }) },
    ],
    [
      'approves a later end',
      403,
      200,
      { stands: 'Approval', patch: () => ({ spec: { approval: { until: '2030-01-01T00:00:00Z' } } }) },
    ],
    [
      "writes another's name into it",
      403,
      403,
      { stands: 'Approval', patch: () => ({ spec: { approval: { approvedBy: 'somebody' } } }) },
    ],
    ['withdraws it by a merge patch', 403, 200, { stands: 'Approval', patch: () => ({ spec: { approval: null } }) }],
    [
      'withdraws it by a JSON patch',
      403,
      200,
      { stands: 'Approval', json: [{ op: 'remove', path: '/spec/approval' }] },
    ],
    [
      'withdraws it by an update',
      403,
      200,
      { stands: 'Approval', update: live => ({ ...live, spec: { sale: saleOf() } }) },
    ],
    ['updates all but the approval', 200, 200, { stands: 'Approval', update: live => labelled(live) }],
    [
      'labels the approved plan',
      200,
      200,
      { stands: 'Approval', patch: () => ({ metadata: { labels: { seen: 'yes' } } }) },
    ],
    [
      'writes its status',
      200,
      200,
      { stands: 'Approval', sub: 'status', patch: () => ({ status: { observedGeneration: 1 } }) },
    ],
    ['deletes it with its approval', 403, 200, { stands: 'Approval', isDeletion: true }],
    ['deletes one without an approval', 200, 200, { stands: 'Plan', isDeletion: true }],
    ['deletes one that is reviewed', 200, 200, { stands: 'Review', isDeletion: true }],
    [
      'takes the approval out and deletes',
      403,
      200,
      { stands: 'Approval', json: [{ op: 'replace', path: '/spec', value: { sale: saleOf() } }] },
    ],
  ];

function saleOf() {
  const times = { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' };
  return { name: 'drop', uid: 'uid-drop', spec: times };
}

/** A SalePlan to create. */
export function plan(name: string, approval?: object): KubernetesObject {
  return {
    apiVersion: 'headstart.dev/v1alpha1',
    kind: 'SalePlan',
    metadata: { name },
    spec: { sale: saleOf(), ...(approval === undefined ? {} : { approval }) },
  };
}

function upTo(maxReplicas: number) {
  return [{ target: 'gateway', maxReplicas }];
}

/** An approval in somebody's name. */
export function approvalBy(approvedBy: string) {
  return { approvedBy, approvedAt: '2026-11-26T09:00:00Z', until: '2026-11-27T21:00:00Z', upTo: upTo(40) };
}

function labelled(live: KubernetesObject): KubernetesObject {
  return { ...live, metadata: { ...live.metadata, labels: { seen: 'yes' } } };
}

/** The spec of a ScalingTarget that is accepted. */
export const target = {
  workloadRef: { name: 'checkout' },
  baseline: { minReplicas: 4, maxReplicas: 20 },
  ceiling: 240,
  capacityPerReplica: '45',
  demand: { query: 'up' },
};

/** A namespace to create. */
export function namespaceOf(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** Both may write our kinds and SalePlans' status; only the approver has the verbs approve and announce-large. */
export function rights(user: User, inNamespace: string): readonly KubernetesObject[] {
  const write = ['get', 'create', 'update', 'patch', 'delete'];
  const verbs = user === 'approver' ? [...write, 'approve', 'announce-large'] : write;
  const resources = ['saleplans', 'saleplans/status', 'scalingpolicies', 'scalingtargets', 'flashsales'];
  const rules = [{ apiGroups: ['headstart.dev'], resources, verbs }];
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: user, namespace: inNamespace } };
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: user };
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }];
  return [
    Object.assign({ ...rbac, kind: 'Role' }, { rules }),
    Object.assign({ ...rbac, kind: 'RoleBinding' }, { roleRef, subjects }),
  ];
}

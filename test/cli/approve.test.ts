import { afterEach, expect, test } from 'vitest';
import type { Condition } from '../../src/api/condition.ts';
import type { KubeObject } from '../../src/apiserver/objects/kube-object.ts';
import { approve } from '../../src/cli/approve.ts';
import { salePlans } from '../../src/kube/resources/resource-kind.ts';
import { guardName } from '../../src/observe/approval-guard.ts';
import type { Operator } from '../../src/operator/start-operator.ts';
import { explained } from '../support/cli/explained.ts';
import { announceSale } from '../support/shop/announce-sale.ts';
import { flashSale, minutes, openShop, type Shop, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');
const namespace = 'marketplace';
const plan = 'sneaker-drop-20261127-1900';
/** From then on it is raised. */
const due = start - minutes(2);

let shop: Shop;
afterEach(() => shop.close());

async function openAsking(guarded = true): Promise<Operator> {
  shop = await openShop({
    start: start - minutes(10),
    demand: shopDemand([{ start, end, peak: 6 }]),
    policy: { approval: { aboveExtraReplicas: 2 } },
  });
  if (guarded) await shop.create(...guardDefinitions, ...guard);
  return announceSale(shop, start, end);
}

/** The in-memory API server knows no admission policies: these definitions let it keep them, and nobody runs them. */
const guardDefinitions = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].map(kind => {
  const plural = kind.toLowerCase().replace(/y$/, 'ies').replace(/g$/, 'gs');
  const group = 'admissionregistration.k8s.io';
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      scope: 'Cluster',
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
});

const guard = [
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: guardName },
    spec: {
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['headstart.dev'],
            apiVersions: ['v1alpha1'],
            resources: ['saleplans'],
            operations: ['CREATE', 'UPDATE', 'DELETE'],
          },
        ],
      },
      validations: [{ expression: "authorizer.resource('saleplans').check('approve').allowed()" }],
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: guardName },
    spec: { policyName: guardName, validationActions: ['Deny'] },
  },
];

interface Sale extends KubeObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

function conditionOf(type: string): Condition | undefined {
  return shop.get<Sale>(stored.sales, 'sneaker-drop').status?.conditions?.find(one => one.type === type);
}

const approved = () => conditionOf('Approved');

const minimum = () => shop.bounds.at(-1)?.minReplicas;
const approveNow = (dryRun?: 'client' | 'server') =>
  approve(shop.connection, { name: 'sneaker-drop', namespace }, { now: shop.clock.now(), dryRun });

test('a plan waits, is approved in time, and is raised whole; withdrawn later, what stands holds', async () => {
  await openAsking();
  expect(approved()).toMatchObject({
    status: 'False',
    reason: 'AwaitingApproval',
    message: expect.stringContaining(`by 2026-11-27T18:58`),
  });
  expect(await explained(shop.connection, { name: 'sneaker-drop', namespace })).toContain(
    `kubectl headstart approve ${plan} -n marketplace`,
  );
  const [before] = shop.salePlans();
  const whole = Math.max(...(before?.status?.plan?.targets[0]?.steps.map(step => step.minReplicas) ?? []));
  expect(whole).toBeGreaterThan(6);

  expect(await approveNow('client')).toContain(`It would approve revision 1 of ${plan}; nothing is sent`);
  expect(await approveNow('server')).toMatch(
    new RegExp(`gateway +4\\.\\.20 +${whole}\\.\\.\\d+ +-\n[^]*nothing is stored`),
  );
  expect(shop.salePlans()[0]?.spec.approval).toBeUndefined();
  expect(await approveNow()).toContain('is approved');
  await shop.moveTo(due + minutes(1));
  const raised = minimum();
  expect(raised).toBeGreaterThan(whole - 5);
  expect(approved()).toMatchObject({ status: 'True', reason: 'Approved' });

  await shop.patch(stored.plans, plan, { spec: { approval: null } });
  await shop.moveTo(start + minutes(1));
  expect(minimum()).toBe(raised);
  expect(approved()).toMatchObject({ status: 'False', reason: 'AwaitingApproval' });
});

test('not approved in time: what needs no approval is raised, and the sale is at risk until it is approved', async () => {
  await openAsking();
  await shop.moveTo(due + minutes(1));
  expect(minimum()).toBe(6);
  await shop.moveTo(start);
  expect(conditionOf('Feasible')).toMatchObject({ reason: 'AtRisk' });
  expect(conditionOf('Stalled')).toMatchObject({ reason: 'AwaitingApproval' });
  await approveNow();
  await shop.moveTo(start + minutes(1));
  expect(minimum()).toBeGreaterThan(6);
});

test('withdrawn before it is due is not approved', async () => {
  await openAsking();
  await approveNow();
  await shop.patch(stored.plans, plan, { spec: { approval: null } });
  await shop.moveTo(due + minutes(1));
  expect(minimum()).toBe(6);
});

test('without the guard of approvals none counts, and it says so', async () => {
  await openAsking(false);
  await approveNow();
  await shop.moveTo(due + minutes(1));
  expect(minimum()).toBe(6);
  expect(approved()).toMatchObject({ status: 'False', reason: 'GuardMissing' });
  expect(approved()?.message).toContain('there is no ValidatingAdmissionPolicy headstart-approvals');
});

test('approve names what cannot be approved', async () => {
  await openAsking();
  const ask = (name: string, now = start) => approve(shop.connection, { name, namespace }, { now, dryRun: 'server' });
  await expect(ask('nobody')).rejects.toThrow('no SalePlan or FlashSale with a SalePlan is called nobody');
  await expect(ask('sneaker-drop', end)).rejects.toThrow(
    'every SalePlan of sneaker-drop in namespace marketplace is over',
  );
  await shop.create(flashSale('gala', start + minutes(600), end + minutes(600)));
  expect(await ask(plan, end)).toContain(`You may approve revision 1 of ${plan}`);
});

test('targets that only their highest bounds are kept of are approved and explained with the others', async () => {
  const operator = await openAsking();
  await operator.stop();
  const status = { plan: { furtherTargets: [{ target: 'search', minReplicas: 12, maxReplicas: 18 }] } };
  const options = { sub: 'status', fieldManager: 'headstart' } as const;
  await shop.connection.resource(salePlans).merge({ name: plan, namespace }, { status }, options);
  expect(await approveNow()).toMatch(/search +\? +12\.\.18 +-/);
  expect(shop.salePlans()[0]?.spec.approval?.upTo).toContainEqual({ target: 'search', maxReplicas: 18 });
  expect(await explained(shop.connection, { name: 'sneaker-drop', namespace })).toMatch(/search\n +at most +12\.\.18/);
});

test('a plan that has no room for all targets of its sale is not approved', async () => {
  const operator = await openAsking();
  await operator.stop();
  const status = { plan: { targetsLeftOut: 40 } };
  const options = { sub: 'status', fieldManager: 'headstart' } as const;
  await shop.connection.resource(salePlans).merge({ name: plan, namespace }, { status }, options);
  await expect(approveNow()).rejects.toThrow('sneaker-drop reaches 41 targets');
  expect(shop.salePlans()[0]?.spec.approval).toBeUndefined();
});

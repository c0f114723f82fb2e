import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parse } from 'yaml';
import type { Contract } from '../contract.ts';
import type { ApiDriver, Body } from '../driver.ts';
import { expectRefusal } from '../expectations.ts';

/** The kind as crds/ declares it; left where it is, for others may use it. */
async function withKind(api: ApiDriver, plural: string, kind: string) {
  const definition: Body = parse(readFileSync(`crds/${plural}.yaml`, 'utf8'));
  await api.apply(api.definitions, definition.metadata.name, 'contract', definition, 'force=true');
  const collection = api.headstart(plural, kind);
  await api.until(
    () => api.list(collection),
    ({ status }) => status === 200,
  );
  return collection;
}

/** What needs CEL, RBAC, admission or garbage collection. */
export const realContract: Contract = {
  'CEL: a FlashSale that ends before it starts is refused, in the words of its rule': async api => {
    const sales = await withKind(api, 'flashsales', 'FlashSale');
    const spec = { startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T19:00:00Z' };
    const answer = await api.create(sales, { metadata: { name: api.name() }, spec });
    expectRefusal(answer, 422, 'Invalid');
    expect(answer.body.message).toContain('endTime');
  },

  'CEL: a ScalingTarget whose ceiling lies below its baseline is refused': async api => {
    const targets = await withKind(api, 'scalingtargets', 'ScalingTarget');
    const spec = {
      workloadRef: { name: 'checkout' },
      baseline: { minReplicas: 4, maxReplicas: 20 },
      ceiling: 10,
      capacityPerReplica: '45',
      demand: { query: 'up' },
    };
    const answer = await api.create(targets, { metadata: { name: api.name() }, spec });
    expectRefusal(answer, 422, 'Invalid');
    expect(answer.body.message).toContain('ceiling must be at least baseline.maxReplicas');
  },

  'CEL: a ScalingTarget whose history has more samples than are kept is refused': async api => {
    const targets = await withKind(api, 'scalingtargets', 'ScalingTarget');
    const spec = {
      workloadRef: { name: 'checkout' },
      baseline: { minReplicas: 4, maxReplicas: 20 },
      ceiling: 40,
      capacityPerReplica: '45',
      demand: { query: 'up', historyDays: 126 },
    };
    const answer = await api.create(targets, { metadata: { name: api.name() }, spec });
    expectRefusal(answer, 422, 'Invalid');
    expect(answer.body.message).toContain('180000 samples');
  },

  'CEL: rules are not checked while the object has other faults, and the answer says so': async api => {
    const sales = await withKind(api, 'flashsales', 'FlashSale');
    const spec = { startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T19:00:00Z', discountPercent: 'half' };
    const { body } = await api.create(sales, { metadata: { name: api.name() }, spec });
    expect(body.message).toContain('some validation rules were not checked');
  },

  'RBAC: who has no right is 403 Forbidden, named with verb and resource': async api => {
    const headers = { 'impersonate-user': 'contract-nobody' };
    const answer = await api.send('GET', api.autoscalers.path, { headers });
    expectRefusal(answer, 403, 'Forbidden');
    expect(answer.body.message).toContain('User "contract-nobody" cannot list resource "horizontalpodautoscalers"');
  },

  'admission: a quota refuses what would exceed it': async api => {
    const quotas = {
      path: `/api/v1/namespaces/${api.namespace}/resourcequotas`,
      apiVersion: 'v1',
      kind: 'ResourceQuota',
    };
    const hard = { [`count/widgets.${api.group}`]: '0' };
    const { metadata } = await api.given(quotas, { spec: { hard } });
    const refused = await api.until(
      () => api.create(api.widgets, { metadata: { name: api.name() } }, 'dryRun=All'),
      ({ status }) => status === 403,
    );
    expect(refused.body.message).toContain('exceeded quota');
    await api.delete(quotas, metadata.name);
    await api.until(
      () => api.create(api.widgets, { metadata: { name: api.name() } }, 'dryRun=All'),
      ({ status }) => status === 201,
    );
  },

  'garbage collection: an object goes with its owner': async api => {
    const owner = await api.given(api.configMaps);
    const { name, uid } = owner.metadata;
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name, uid }];
    const owned = await api.given(api.configMaps, { metadata: { ownerReferences } });
    await api.delete(api.configMaps, name);
    await api.until(
      () => api.get(api.configMaps, owned.metadata.name),
      ({ status }) => status === 404,
    );
  },
};

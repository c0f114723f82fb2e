import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { ApiDriver, Body, Collection } from '../driver.ts';
import { expectRefusal, managedBy } from '../expectations.ts';
import { givenDeployment } from '../given.ts';

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'nobody' };
const bounds = (minReplicas: number, maxReplicas = 10) => ({ spec: { minReplicas, maxReplicas, scaleTargetRef } });

/** Waits until a write gets another time than the last one: times in managedFields are whole seconds. */
const untilNextSecond = () => sleep(1000 - (Date.now() % 1000) + 100);

const timeOf = (object: Body, manager: string, operation: 'Apply' | 'Update' = 'Apply') =>
  managedBy(object, manager, operation)?.time;

/** A widget that `gitops` applied, and the second after. */
async function appliedWidget(api: ApiDriver, spec: Body) {
  const { body } = await api.apply(api.widgets, api.name(), 'gitops', { spec });
  await untilNextSecond();
  return body;
}

function applyScale(api: ApiDriver, { path }: Collection, at: string, config: Body, query = '') {
  return api.apply({ path, apiVersion: 'autoscaling/v1', kind: 'Scale' }, at, 'headstart', config, query);
}

/** Whose write is how old, as managedFields tell it. */
export const ownersContract: Contract = {
  'an apply that changes a value moves the time of its manager': async api => {
    const before = await appliedWidget(api, { title: 'first' });
    const { body } = await api.apply(api.widgets, before.metadata.name, 'gitops', { spec: { title: 'second' } });
    expect(timeOf(body, 'gitops') > timeOf(before, 'gitops')).toBe(true);
  },

  'an update that changes a value moves the time of its manager, though it owned the field before': async api => {
    const before = await api.given(api.widgets, { spec: { title: 'first' } });
    await untilNextSecond();
    const { body } = await api.merge(api.widgets, before.metadata.name, { spec: { title: 'second' } });
    expect(timeOf(body, 'contract', 'Update') > timeOf(before, 'contract', 'Update')).toBe(true);
  },

  'an update of a built-in kind moves its time in the same way': async api => {
    const before = await api.given(api.autoscalers, bounds(2));
    await untilNextSecond();
    const { body } = await api.merge(api.autoscalers, before.metadata.name, { spec: { minReplicas: 3 } });
    expect(timeOf(body, 'contract', 'Update') > timeOf(before, 'contract', 'Update')).toBe(true);
  },

  'an apply that changes nothing keeps its time, and the resourceVersion': async api => {
    const before = await appliedWidget(api, { title: 'same' });
    const { body } = await api.apply(api.widgets, before.metadata.name, 'gitops', { spec: { title: 'same' } });
    expect(body).toEqual(before);
  },

  'an update that changes nothing keeps all times, whoever sends it': async api => {
    const before = await appliedWidget(api, { title: 'same' });
    const answer = await api.merge(
      api.widgets,
      before.metadata.name,
      { spec: { title: 'same' } },
      'fieldManager=editor',
    );
    expect(answer.body).toEqual(before);
  },

  'a write leaves the times of the other managers alone': async api => {
    const before = await appliedWidget(api, { title: 'mine', replicas: 2 });
    const { name } = before.metadata;
    const { body } = await api.merge(api.widgets, name, { spec: { title: 'edited' } }, 'fieldManager=editor');
    expect(timeOf(body, 'gitops')).toBe(timeOf(before, 'gitops'));
    expect(timeOf(body, 'editor', 'Update') > timeOf(before, 'gitops')).toBe(true);
  },

  'a forced apply leaves the time of the manager that loses a field': async api => {
    const before = await appliedWidget(api, { title: 'mine', replicas: 2 });
    const config = { spec: { title: 'taken' } };
    const { body } = await api.apply(api.widgets, before.metadata.name, 'headstart', config, 'force=true');
    expect(timeOf(body, 'gitops')).toBe(timeOf(before, 'gitops'));
    expect(managedBy(body, 'gitops')?.fieldsV1).toEqual({ 'f:spec': { 'f:replicas': {} } });
  },

  'an apply that only begins to share a value has no time': async api => {
    const before = await appliedWidget(api, { title: 'shared' });
    const { body } = await api.apply(api.widgets, before.metadata.name, 'headstart', { spec: { title: 'shared' } });
    expect(managedBy(body, 'headstart')).not.toHaveProperty('time');
    expect(timeOf(body, 'gitops')).toBe(timeOf(before, 'gitops'));
  },

  'giving up a shared value keeps the time of what is left': async api => {
    const before = await appliedWidget(api, { title: 'shared', replicas: 2 });
    const { name } = before.metadata;
    await api.apply(api.widgets, name, 'headstart', { spec: { title: 'shared' } });
    const { body } = await api.apply(api.widgets, name, 'gitops', { spec: { replicas: 2 } });
    expect(timeOf(body, 'gitops')).toBe(timeOf(before, 'gitops'));
    expect(managedBy(body, 'gitops')?.fieldsV1).toEqual({ 'f:spec': { 'f:replicas': {} } });
  },

  'giving up a value of its own moves the time of what is left': async api => {
    const before = await appliedWidget(api, { title: 'mine', replicas: 2 });
    const { body } = await api.apply(api.widgets, before.metadata.name, 'gitops', { spec: { replicas: 2 } });
    expect(body.spec).not.toHaveProperty('title');
    expect(timeOf(body, 'gitops') > timeOf(before, 'gitops')).toBe(true);
  },

  'a removal by another manager leaves the time of the manager that loses the field': async api => {
    const before = await appliedWidget(api, { title: 'mine', replicas: 2 });
    const { name } = before.metadata;
    const { body } = await api.merge(api.widgets, name, { spec: { title: null } }, 'fieldManager=editor');
    expect(timeOf(body, 'gitops')).toBe(timeOf(before, 'gitops'));
    expect(managedBy(body, 'editor', 'Update')).toBeUndefined();
  },

  'a write of /status moves the time of its own entry only': async api => {
    const before = await api.given(api.widgets, { spec: { title: 'main' } });
    const { name } = before.metadata;
    const first = await api.merge(api.widgets, `${name}/status`, { status: { message: 'one' } });
    await untilNextSecond();
    const second = await api.merge(api.widgets, `${name}/status`, { status: { message: 'two' } });
    const ofStatus = ({ body }: Body) =>
      body.metadata.managedFields.find((entry: Body) => entry.subresource === 'status');
    expect(ofStatus(second).time > ofStatus(first).time).toBe(true);
    expect(timeOf(second.body, 'contract', 'Update')).toBe(timeOf(before, 'contract', 'Update'));
  },

  'a first write through /scale has no time, and neither has the next': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { replicas: 1 } });
    for (const replicas of [2, 3]) {
      await api.merge(api.widgets, `${metadata.name}/scale`, { spec: { replicas } }, 'fieldManager=scaler');
      const { body } = await api.get(api.widgets, metadata.name);
      const entry = managedBy(body, 'scaler', 'Update');
      expect(entry).toMatchObject({ subresource: 'scale', fieldsV1: { 'f:spec': { 'f:replicas': {} } } });
      expect(entry).not.toHaveProperty('time');
    }
  },

  'an apply through /scale takes the replicas of a built-in kind by force, without a time': async api => {
    const { metadata } = await givenDeployment(api);
    const at = `${metadata.name}/scale`;
    const config = { spec: { replicas: 0 } };
    const refused = await applyScale(api, api.deployments, at, { spec: { replicas: 3 } });
    expectRefusal(refused, 409, 'Conflict', {
      message: 'Apply failed with 1 conflict: conflict with "contract" using autoscaling/v1: .spec.replicas',
    });
    expect((await applyScale(api, api.deployments, at, config, 'force=true')).status).toBe(200);
    const { body } = await api.get(api.deployments, metadata.name);
    const entry = managedBy(body, 'headstart');
    expect(entry).toMatchObject({ subresource: 'scale', fieldsV1: { 'f:spec': { 'f:replicas': {} } } });
    expect(entry).not.toHaveProperty('time');
  },

  'an apply through /scale of a custom kind is no use: 500, and nothing changes': async api => {
    const before = await api.given(api.widgets, { spec: { replicas: 1 } });
    const { name } = before.metadata;
    const answer = await applyScale(api, api.widgets, `${name}/scale`, { spec: { replicas: 4 } }, 'force=true');
    expect(answer.status).toBe(500);
    expect((await api.get(api.widgets, name)).body).toEqual(before);
  },

  'a dry run tells the time it would have, and keeps the one that is': async api => {
    const before = await appliedWidget(api, { title: 'kept' });
    const { name } = before.metadata;
    const dry = await api.apply(api.widgets, name, 'gitops', { spec: { title: 'tried' } }, 'dryRun=All');
    expect(timeOf(dry.body, 'gitops') > timeOf(before, 'gitops')).toBe(true);
    expect((await api.get(api.widgets, name)).body).toEqual(before);
  },

  'entries are sorted: appliers first, then the oldest': async api => {
    const before = await appliedWidget(api, { title: 'mine' });
    const { name } = before.metadata;
    await api.merge(api.widgets, name, { spec: { replicas: 1 } }, 'fieldManager=zoe');
    await untilNextSecond();
    await api.merge(api.widgets, name, { spec: { enabled: true } }, 'fieldManager=adam');
    const { body } = await api.apply(api.widgets, name, 'tool', { metadata: { labels: { a: 'b' } } });
    expect(body.metadata.managedFields.map((entry: Body) => entry.manager)).toEqual(['gitops', 'tool', 'zoe', 'adam']);
  },

  'managedFields: [] forgets all owners; the next apply asks who was before': async api => {
    const { metadata } = await appliedWidget(api, { title: 'mine' });
    const { body } = await api.merge(api.widgets, metadata.name, { metadata: { managedFields: [{}] } });
    expect(body.metadata.managedFields).toBeUndefined();
    const answer = await api.apply(api.widgets, metadata.name, 'headstart', { spec: { title: 'other' } });
    expectRefusal(answer, 409, 'Conflict');
    expect(answer.body.message).toContain('"before-first-apply"');
  },
};

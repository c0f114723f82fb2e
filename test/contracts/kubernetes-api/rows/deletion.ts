import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import { expectInvalid, expectRefusal, namesOf } from '../expectations.ts';

const finalizer = 'contract.headstart.dev/hold';

export const deletionContract: Contract = {
  'answers Success with what is gone, then 404': async api => {
    const { metadata } = await api.given(api.widgets);
    const { name, uid } = metadata;
    expect(await api.delete(api.widgets, name)).toMatchObject({
      status: 200,
      body: { kind: 'Status', status: 'Success', details: { name, group: api.group, kind: 'widgets', uid } },
    });
    expectRefusal(await api.get(api.widgets, name), 404, 'NotFound');
    expectRefusal(await api.delete(api.widgets, name), 404, 'NotFound');
  },

  'a uid in the preconditions must be the stored one, else 409': async api => {
    const { metadata } = await api.given(api.widgets);
    const { name, uid } = metadata;
    const other = await api.delete(api.widgets, name, { preconditions: { uid: 'another' } });
    expectRefusal(other, 409, 'Conflict');
    expect((await api.get(api.widgets, name)).status).toBe(200);
    expect((await api.delete(api.widgets, name, { preconditions: { uid } })).status).toBe(200);
  },

  'a resourceVersion in the preconditions must be the newest, else 409': async api => {
    const { metadata } = await api.given(api.widgets);
    const { name, resourceVersion } = metadata;
    await api.merge(api.widgets, name, { spec: { title: 'moved-on' } });
    expectRefusal(await api.delete(api.widgets, name, { preconditions: { resourceVersion } }), 409, 'Conflict');
    expect((await api.get(api.widgets, name)).status).toBe(200);
  },

  'an object with finalizers stays, with a deletionTimestamp, until the last of them is taken away': async api => {
    const { metadata } = await api.given(api.widgets, { metadata: { finalizers: [finalizer] } });
    const { name } = metadata;
    const { status, body } = await api.delete(api.widgets, name);
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'Widget', metadata: { name, finalizers: [finalizer] } });
    expect(body.metadata.deletionTimestamp).toMatch(/^\d{4}-/);
    const waiting = await api.get(api.widgets, name);
    expect(waiting.body.metadata.deletionTimestamp).toBe(body.metadata.deletionTimestamp);
    expect((await api.merge(api.widgets, name, { metadata: { finalizers: null } })).status).toBe(200);
    expectRefusal(await api.get(api.widgets, name), 404, 'NotFound');
  },

  'an object that is going takes changes, but no new finalizers': async api => {
    const { metadata } = await api.given(api.widgets, { metadata: { finalizers: [finalizer] } });
    const { name } = metadata;
    await api.delete(api.widgets, name);
    expect((await api.merge(api.widgets, name, { spec: { title: 'late' } })).body.spec.title).toBe('late');
    const more = { metadata: { finalizers: [finalizer, 'contract.headstart.dev/more'] } };
    const answer = await api.merge(api.widgets, name, more);
    expectInvalid(answer, { 'metadata.finalizers': 'FieldValueForbidden' });
    expect(answer.body.message).toContain('no new finalizers can be added if the object is being deleted');
    await api.merge(api.widgets, name, { metadata: { finalizers: null } });
  },

  'nothing takes a deletionTimestamp back': async api => {
    const { metadata } = await api.given(api.widgets, { metadata: { finalizers: [finalizer] } });
    const { name } = metadata;
    await api.delete(api.widgets, name);
    const { body } = await api.merge(api.widgets, name, { metadata: { deletionTimestamp: null } });
    expect(body.metadata.deletionTimestamp).toMatch(/^\d{4}-/);
    await api.merge(api.widgets, name, { metadata: { finalizers: null } });
  },

  'with dryRun=All keeps everything': async api => {
    const { metadata } = await api.given(api.widgets);
    const { status } = await api.send('DELETE', `${api.widgets.path}/${metadata.name}?dryRun=All`);
    expect(status).toBe(200);
    expect((await api.get(api.widgets, metadata.name)).status).toBe(200);
  },

  'an object made again under the same name is another one': async api => {
    const { metadata } = await api.given(api.widgets);
    const { name, uid } = metadata;
    await api.delete(api.widgets, name);
    const again = await api.given(api.widgets, { metadata: { name } });
    expect(again.metadata.uid).not.toBe(uid);
    expect(again.metadata.generation).toBe(1);
  },

  'of a collection takes what the selector matches': async api => {
    const batch = api.name();
    for (const keep of ['yes', 'no', 'no']) await api.given(api.configMaps, { metadata: { labels: { batch, keep } } });
    const path = `${api.configMaps.path}?labelSelector=batch=${batch},keep=no`;
    expect((await api.send('DELETE', path)).status).toBe(200);
    const { body } = await api.list(api.configMaps, `labelSelector=batch=${batch}`);
    expect(body.items).toHaveLength(1);
    expect(body.items[0].metadata.labels.keep).toBe('yes');
  },

  'of a namespace takes what is in it; meanwhile nothing new may come': async api => {
    const name = `${api.namespace}-going`;
    const namespaces = { path: '/api/v1/namespaces', apiVersion: 'v1', kind: 'Namespace' };
    await api.create(namespaces, { metadata: { name } });
    const inside = { ...api.configMaps, path: `/api/v1/namespaces/${name}/configmaps` };
    await api.given(inside, { metadata: { name: 'held', finalizers: [finalizer] } });
    await api.given(inside, { metadata: { name: 'free' } });
    const { status, body } = await api.delete(namespaces, name);
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'Namespace', status: { phase: 'Terminating' } });
    const refused = await api.create(inside, { metadata: { name: 'late' } });
    expectRefusal(refused, 403, 'Forbidden', { details: { name: 'late', kind: 'configmaps' } });
    expect(refused.body.message).toContain(
      `unable to create new content in namespace ${name} because it is being terminated`,
    );
    await api.until(
      () => api.list(inside),
      answer => namesOf(answer).join() === 'held',
    );
    await api.merge(inside, 'held', { metadata: { finalizers: null } });
    await api.until(
      () => api.get(namespaces, name),
      answer => answer.status === 404,
    );
  },
};

import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { Body } from '../driver.ts';
import { expectInvalid, expectRefusal, managedBy } from '../expectations.ts';
import { givenDeployment } from '../given.ts';

export const subresourceContract: Contract = {
  'create drops status': async api => {
    const { metadata, status } = await api.given(api.widgets, { spec: {}, status: { message: 'born ready' } });
    expect(status).toBeUndefined();
    expect((await api.get(api.widgets, metadata.name)).body.status).toBeUndefined();
  },

  'status through the main resource is dropped, with 200': async api => {
    const before = await api.given(api.widgets);
    const patched = await api.merge(api.widgets, before.metadata.name, { status: { message: 'by patch' } });
    expect(patched.status).toBe(200);
    expect(patched.body.status).toBeUndefined();
    const replaced = await api.replace(api.widgets, { ...before, status: { message: 'by replace' } });
    expect(replaced.status).toBe(200);
    expect(replaced.body.status).toBeUndefined();
  },

  '/status changes status alone, and no generation': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { title: 'before' } });
    const patch = { spec: { title: 'after' }, metadata: { labels: { a: 'b' } }, status: { message: 'well' } };
    const { status, body } = await api.merge(api.widgets, `${metadata.name}/status`, patch);
    expect(status).toBe(200);
    expect(body.status).toEqual({ message: 'well' });
    expect(body.spec.title).toBe('before');
    expect(body.metadata.labels).toBeUndefined();
    expect(body.metadata.generation).toBe(1);
  },

  '/status can be read and replaced': async api => {
    const before = await api.given(api.widgets);
    const path = `${api.widgets.path}/${before.metadata.name}/status`;
    const replaced = await api.send('PUT', path, { body: { ...before, status: { message: 'put' } } });
    expect(replaced).toMatchObject({ status: 200, body: { status: { message: 'put' } } });
    expect((await api.send('GET', path)).body).toEqual(replaced.body);
  },

  '/status has the same optimistic lock': async api => {
    const { metadata } = await api.given(api.widgets);
    const { name, resourceVersion } = metadata;
    await api.merge(api.widgets, name, { spec: { title: 'moved-on' } });
    const patch = { metadata: { resourceVersion }, status: { message: 'stale' } };
    expectRefusal(await api.merge(api.widgets, `${name}/status`, patch), 409, 'Conflict');
  },

  '/status is validated': async api => {
    const { metadata } = await api.given(api.widgets);
    const patch = { status: { message: 'far too long for its schema' } };
    const answer = await api.merge(api.widgets, `${metadata.name}/status`, patch);
    expectInvalid(answer, { 'status.message': 'FieldValueTooLong' });
  },

  'writes of status keep the spec, writes of spec keep the status': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { title: 'kept' } });
    await api.merge(api.widgets, `${metadata.name}/status`, { status: { message: 'kept' } });
    const { body } = await api.merge(api.widgets, metadata.name, { spec: { replicas: 2 } });
    expect(body).toMatchObject({ spec: { title: 'kept', replicas: 2 }, status: { message: 'kept' } });
  },

  'a kind without a subresource answers 404 there': async api => {
    const { metadata } = await api.given(api.configMaps);
    expect((await api.send('GET', `${api.configMaps.path}/${metadata.name}/status`)).status).toBe(404);
    expect((await api.send('GET', `${api.leases.path}/${metadata.name}/scale`)).status).toBe(404);
  },

  '/scale of a deployment shows replicas and selector': async api => {
    const { metadata } = await givenDeployment(api);
    const { status, body } = await api.send('GET', `${api.deployments.path}/${metadata.name}/scale`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name: metadata.name, namespace: api.namespace, uid: metadata.uid },
      status: { replicas: 0, selector: 'app=idle' },
    });
  },

  '/scale of a custom kind reads and writes the paths its definition names': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { replicas: 3 } });
    const path = `${api.widgets.path}/${metadata.name}/scale`;
    expect((await api.send('GET', path)).body).toMatchObject({ spec: { replicas: 3 }, status: { replicas: 0 } });
    const { status, body } = await api.merge(api.widgets, `${metadata.name}/scale`, { spec: { replicas: 7 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'Scale', spec: { replicas: 7 } });
    const { body: widget } = await api.get(api.widgets, metadata.name);
    expect(widget.spec).toEqual({ colour: 'red', replicas: 7 });
    expect(widget.metadata.generation).toBe(2);
  },

  '/scale can be replaced': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { replicas: 3 } });
    const path = `${api.widgets.path}/${metadata.name}/scale`;
    const scale = {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: metadata.name, namespace: api.namespace },
    };
    const { status, body } = await api.send('PUT', path, { body: { ...scale, spec: { replicas: 5 } } });
    expect(status).toBe(200);
    expect(body.spec.replicas).toBe(5);
    expect((await api.get(api.widgets, metadata.name)).body.spec.replicas).toBe(5);
  },

  '/scale refuses replicas below zero': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { replicas: 3 } });
    const answer = await api.merge(api.widgets, `${metadata.name}/scale`, { spec: { replicas: -1 } });
    expectRefusal(answer, 422, 'Invalid');
    expect(answer.body.details.causes.map((cause: Body) => cause.field)).toContain('spec.replicas');
  },

  '/scale has the same optimistic lock': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { replicas: 3 } });
    const { name, resourceVersion } = metadata;
    await api.merge(api.widgets, name, { spec: { title: 'moved-on' } });
    const patch = { metadata: { resourceVersion }, spec: { replicas: 9 } };
    expectRefusal(await api.merge(api.widgets, `${name}/scale`, patch), 409, 'Conflict');
  },

  'the writer of /scale owns the replicas, by an entry of its own': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { replicas: 3 } });
    await api.merge(api.widgets, `${metadata.name}/scale`, { spec: { replicas: 7 } }, 'fieldManager=scaler');
    const { body } = await api.get(api.widgets, metadata.name);
    expect(managedBy(body, 'scaler', 'Update')).toMatchObject({
      subresource: 'scale',
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
    });
    expect(managedBy(body, 'contract', 'Update')?.fieldsV1['f:spec']).not.toHaveProperty('f:replicas');
  },
};

import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import { expectInvalid, expectRefusal, managedBy } from '../expectations.ts';

export const applyOptionsContract: Contract = {
  'a field manager of more than 128 characters is 422': async api => {
    const answer = await api.apply(api.widgets, api.name(), 'm'.repeat(129), { spec: {} });
    expectInvalid(answer, { fieldManager: 'FieldValueTooLong' });
  },

  'any force but false and 0 is true': async api => {
    const name = api.name();
    await api.apply(api.widgets, name, 'gitops', { spec: { title: 'mine' } });
    const take = (force: string) =>
      api.apply(api.widgets, name, 'headstart', { spec: { title: 'other' } }, `dryRun=All&force=${force}`);
    expect([(await take('0')).status, (await take('false')).status]).toEqual([409, 409]);
    expect([(await take('maybe')).status, (await take('TRUE')).status]).toEqual([200, 200]);
  },

  'a dry run that creates answers 201 and keeps nothing': async api => {
    const name = api.name();
    const answer = await api.apply(api.widgets, name, 'gitops', { spec: { title: 'tried' } }, 'dryRun=All');
    expect(answer).toMatchObject({ status: 201, body: { spec: { title: 'tried', colour: 'red' } } });
    expect((await api.get(api.widgets, name)).status).toBe(404);
  },

  'a dry run meets the same conflicts': async api => {
    const name = api.name();
    await api.apply(api.widgets, name, 'gitops', { spec: { title: 'mine' } });
    const answer = await api.apply(api.widgets, name, 'headstart', { spec: { title: 'other' } }, 'dryRun=All');
    expectRefusal(answer, 409, 'Conflict');
  },

  'status in a configuration of the object is neither written nor owned': async api => {
    const name = api.name();
    const config = { spec: { title: 'mine' }, status: { message: 'ignored' } };
    const { body } = await api.apply(api.widgets, name, 'gitops', config);
    expect(body.status).toBeUndefined();
    expect(managedBy(body, 'gitops')?.fieldsV1).toEqual({ 'f:spec': { 'f:title': {} } });
  },

  'spec in a configuration of /status is neither written nor owned': async api => {
    const { metadata } = await api.given(api.widgets);
    const config = { spec: { title: 'ignored' }, status: { message: 'well' } };
    const { body } = await api.apply(api.widgets, `${metadata.name}/status`, 'headstart', config);
    expect(body.spec?.title).toBeUndefined();
    expect(managedBy(body, 'headstart')?.fieldsV1).toEqual({ 'f:status': { 'f:message': {} } });
  },

  'of /status of what is not there is 404': async api => {
    const answer = await api.apply(api.widgets, `${api.name()}/status`, 'headstart', { status: { message: 'well' } });
    expectRefusal(answer, 404, 'NotFound');
  },

  'a manager conflicts with its own ordinary writes': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { title: 'first' } });
    const answer = await api.apply(api.widgets, metadata.name, 'contract', { spec: { title: 'second' } });
    expectRefusal(answer, 409, 'Conflict');
    const forced = { spec: { title: 'second' } };
    const { body } = await api.apply(api.widgets, metadata.name, 'contract', forced, 'force=true');
    expect(managedBy(body, 'contract', 'Update')?.fieldsV1).toEqual({ 'f:spec': { '.': {}, 'f:colour': {} } });
  },

  'two managers may own an item of a set; it goes with the last of them': async api => {
    const name = api.name();
    await api.apply(api.widgets, name, 'gitops', { spec: { tags: ['x', 'y'] } });
    await api.apply(api.widgets, name, 'headstart', { spec: { tags: ['y'] } });
    const one = await api.apply(api.widgets, name, 'gitops', { spec: { tags: [] } });
    expect(one.body.spec.tags).toEqual(['y']);
    const none = await api.apply(api.widgets, name, 'headstart', { spec: {} });
    expect(none.body.spec.tags ?? []).toEqual([]);
  },

  'to an object that is being deleted changes it still': async api => {
    const finalizers = ['contract.headstart.dev/hold'];
    const { metadata } = await api.given(api.widgets, { metadata: { finalizers } });
    await api.delete(api.widgets, metadata.name);
    const answer = await api.apply(api.widgets, metadata.name, 'headstart', { spec: { title: 'late' } });
    expect(answer).toMatchObject({ status: 200, body: { spec: { title: 'late' } } });
    await api.merge(api.widgets, metadata.name, { metadata: { finalizers: null } });
  },

  'of a finalizer adds it beside those of others, and takes it back': async api => {
    const { metadata } = await api.given(api.widgets, { metadata: { finalizers: ['a.headstart.dev/x'] } });
    const apply = (finalizers: readonly string[]) =>
      api.apply(api.widgets, metadata.name, 'headstart', { metadata: { finalizers } });
    expect((await apply(['b.headstart.dev/x'])).body.metadata.finalizers).toEqual([
      'a.headstart.dev/x',
      'b.headstart.dev/x',
    ]);
    expect((await apply([])).body.metadata.finalizers).toEqual(['a.headstart.dev/x']);
    await api.merge(api.widgets, metadata.name, { metadata: { finalizers: null } });
  },

  'of another apiVersion than the one in the path is 400': async api => {
    const answer = await api.apply(api.configMaps, api.name(), 'gitops', { apiVersion: 'v2', data: {} });
    expectRefusal(answer, 400, 'BadRequest');
  },

  'that is no YAML is 400': async api => {
    const path = `${api.widgets.path}/${api.name()}?fieldManager=gitops`;
    const answer = await api.send('PATCH', path, {
      body: '{ not: [closed',
      contentType: 'application/apply-patch+yaml',
    });
    expectRefusal(answer, 400, 'BadRequest');
  },
};

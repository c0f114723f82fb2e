import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import { expectInvalid, expectRefusal } from '../expectations.ts';

const longest = 253;

export const metadataContract: Contract = {
  'a name may have 253 characters, not 254': async api => {
    const name = api.name().padEnd(longest, 'x');
    expect((await api.create(api.configMaps, { metadata: { name } })).status).toBe(201);
    const answer = await api.create(api.configMaps, { metadata: { name: `${name}x` } });
    expectInvalid(answer, { 'metadata.name': 'FieldValueInvalid' });
  },

  'generateName is cut so that the name fits': async api => {
    const generateName = `${api.name()}-`.padEnd(80, 'x');
    const { body } = await api.create(api.configMaps, { metadata: { generateName } });
    expect(body.metadata.name).toHaveLength(63);
    expect(body.metadata.name.startsWith(generateName.slice(0, 58))).toBe(true);
    expect(body.metadata.generateName).toBe(generateName);
  },

  'a name wins over generateName': async api => {
    const name = api.name();
    const { body } = await api.create(api.configMaps, { metadata: { name, generateName: 'other-' } });
    expect(body.metadata).toMatchObject({ name, generateName: 'other-' });
  },

  'annotations of more than 256 KiB are 422': async api => {
    const metadata = { name: api.name(), annotations: { big: 'x'.repeat(256 * 1024) } };
    expectInvalid(await api.create(api.configMaps, { metadata }), { 'metadata.annotations': 'FieldValueTooLong' });
  },

  'a label may be empty, but not longer than 63 characters': async api => {
    const create = (label: string) => api.create(api.configMaps, { metadata: { name: api.name(), labels: { label } } });
    expect((await create('')).status).toBe(201);
    expect((await create('x'.repeat(63))).status).toBe(201);
    expectInvalid(await create('x'.repeat(64)), { 'metadata.labels': 'FieldValueInvalid' });
  },

  'an owner without a uid is 422': async api => {
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: '' }];
    const answer = await api.create(api.configMaps, { metadata: { name: api.name(), ownerReferences } });
    expectInvalid(answer, { 'metadata.ownerReferences.uid': 'FieldValueInvalid' });
  },

  'only one owner may be the controller': async api => {
    const owner = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, uid: name, controller: true });
    const ownerReferences = [owner('one'), owner('two')];
    const answer = await api.create(api.configMaps, { metadata: { name: api.name(), ownerReferences } });
    expectInvalid(answer, { 'metadata.ownerReferences': 'FieldValueInvalid' });
  },

  'a finalizer is a qualified name': async api => {
    const metadata = { name: api.name(), finalizers: ['not a name'] };
    expectInvalid(await api.create(api.widgets, { metadata }), { 'metadata.finalizers': 'FieldValueInvalid' });
  },

  'finalizers keep their order': async api => {
    const finalizers = ['b.headstart.dev/x', 'a.headstart.dev/x'];
    const { metadata } = await api.given(api.widgets, { metadata: { finalizers } });
    expect(metadata.finalizers).toEqual(finalizers);
    const { body } = await api.merge(api.widgets, metadata.name, { metadata: { finalizers: null } });
    expect(body.metadata.finalizers).toBeUndefined();
  },

  'an update leaves creationTimestamp, generation and selfLink as they are': async api => {
    const { metadata } = await api.given(api.widgets);
    const creationTimestamp = '2001-01-01T00:00:00Z';
    const patch = { metadata: { creationTimestamp, generation: 99, labels: { a: 'b' } } };
    const { status, body } = await api.merge(api.widgets, metadata.name, patch);
    expect(status).toBe(200);
    expect(body.metadata).toMatchObject({ creationTimestamp: metadata.creationTimestamp, generation: 1 });
  },

  'an update cannot move an object to another namespace': async api => {
    const before = await api.given(api.configMaps);
    const moved = { ...before, metadata: { ...before.metadata, namespace: 'default' } };
    expectRefusal(await api.replace(api.configMaps, moved), 400, 'BadRequest');
  },

  'a body of more than 3 MiB is 413': async api => {
    const data = { big: 'x'.repeat(3 * 1024 * 1024 + 1) };
    const answer = await api.create(api.configMaps, { metadata: { name: api.name() }, data });
    expectRefusal(answer, 413, 'RequestEntityTooLarge');
  },

  'deletionTimestamp cannot be set by an update': async api => {
    const { metadata } = await api.given(api.configMaps);
    const patch = { metadata: { deletionTimestamp: '2001-01-01T00:00:00Z', labels: { a: 'b' } } };
    const answer = await api.merge(api.configMaps, metadata.name, patch);
    expect(answer.status).toBe(422);
    expect((await api.get(api.configMaps, metadata.name)).body.metadata.deletionTimestamp).toBeUndefined();
  },
};

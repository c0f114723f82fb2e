import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import { expectInvalid, expectRefusal } from '../expectations.ts';

export const objectContract: Contract = {
  'create answers 201 with the object as it can be read from then on': async api => {
    const name = api.name();
    const { status, body } = await api.create(api.configMaps, { metadata: { name }, data: { a: '1' } });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name,
        namespace: api.namespace,
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        resourceVersion: expect.stringMatching(/^\d+$/),
        creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
      data: { a: '1' },
    });
    expect((await api.get(api.configMaps, name)).body).toEqual(body);
  },

  'create twice is 409 AlreadyExists': async api => {
    const { metadata } = await api.given(api.configMaps);
    const { name } = metadata;
    expectRefusal(await api.create(api.configMaps, { metadata: { name } }), 409, 'AlreadyExists', {
      message: `configmaps "${name}" already exists`,
      details: { name, kind: 'configmaps' },
    });
  },

  'get of what is not there is 404 NotFound, with group and kind in the details': async api => {
    const name = api.name();
    expectRefusal(await api.get(api.autoscalers, name), 404, 'NotFound', {
      message: `horizontalpodautoscalers.autoscaling "${name}" not found`,
      details: { name, group: 'autoscaling', kind: 'horizontalpodautoscalers' },
    });
  },

  'create in a namespace that is not there is 404, naming the namespace': async api => {
    const nowhere = { ...api.configMaps, path: '/api/v1/namespaces/no-such-namespace/configmaps' };
    expectRefusal(await api.create(nowhere, { metadata: { name: 'a' } }), 404, 'NotFound', {
      message: 'namespaces "no-such-namespace" not found',
      details: { name: 'no-such-namespace', kind: 'namespaces' },
    });
  },

  'generateName gives a name of its own to each object': async api => {
    const names = new Set<string>();
    for (let i = 0; i < 3; i++) {
      const { body } = await api.create(api.configMaps, { metadata: { generateName: 'drawn-' } });
      expect(body.metadata).toMatchObject({
        generateName: 'drawn-',
        name: expect.stringMatching(/^drawn-[a-z0-9]{5}$/),
      });
      names.add(body.metadata.name);
    }
    expect(names.size).toBe(3);
  },

  'create keeps uid, creationTimestamp and deletionTimestamp for itself': async api => {
    const [uid, creationTimestamp] = ['11111111-1111-1111-1111-111111111111', '2001-01-01T00:00:00Z'];
    const metadata = { name: api.name(), uid, creationTimestamp, deletionTimestamp: creationTimestamp };
    const { status, body } = await api.create(api.configMaps, { metadata });
    expect(status).toBe(201);
    expect(body.metadata.uid).not.toBe(uid);
    expect(body.metadata.creationTimestamp).not.toBe(creationTimestamp);
    expect(body.metadata.deletionTimestamp).toBeUndefined();
  },

  'create with a resourceVersion is refused': async api => {
    const { status, body } = await api.create(api.configMaps, { metadata: { name: api.name(), resourceVersion: '1' } });
    expect(status).toBe(500);
    expect(body.message).toBe('resourceVersion should not be set on objects to be created');
  },

  'an object may leave out its namespace but not name another': async api => {
    const metadata = { name: api.name(), namespace: 'elsewhere' };
    expectRefusal(await api.create(api.configMaps, { metadata }), 400, 'BadRequest', {
      message: 'the namespace of the provided object does not match the namespace sent on the request',
    });
  },

  'an object of another kind or version is 400': async api => {
    const metadata = { name: api.name() };
    const otherKind = await api.create(api.configMaps, { kind: 'Secret', metadata });
    expectRefusal(otherKind, 400, 'BadRequest');
    const otherVersion = await api.create(api.widgets, { apiVersion: `${api.group}/v2`, metadata });
    expectRefusal(otherVersion, 400, 'BadRequest', {
      message: `the API version in the data (${api.group}/v2) does not match the expected API version (${api.group}/v1)`,
    });
  },

  'a body that is no JSON is 400': async api => {
    const answer = await api.send('POST', api.configMaps.path, { body: '{"metadata":' });
    expectRefusal(answer, 400, 'BadRequest');
  },

  'a body in YAML is as good as one in JSON': async api => {
    const name = api.name();
    const body = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata:\n  a: "1"\n`;
    const answer = await api.send('POST', api.configMaps.path, { body, contentType: 'application/yaml' });
    expect(answer).toMatchObject({ status: 201, body: { metadata: { name }, data: { a: '1' } } });
  },

  'a body of another content type is 415': async api => {
    const answer = await api.send('POST', api.widgets.path, { body: 'name=a', contentType: 'text/plain' });
    expectRefusal(answer, 415, 'UnsupportedMediaType');
  },

  'a name that is no name is 422 naming the field': async api => {
    const answer = await api.create(api.configMaps, { metadata: { name: 'Not_A_Name' } });
    expectInvalid(answer, { 'metadata.name': 'FieldValueInvalid' });
    expect(answer.body.message).toContain('a lowercase RFC 1123 subdomain must consist of lower case');
  },

  'no name at all is 422 too': async api => {
    const answer = await api.create(api.widgets, { metadata: {} });
    expectInvalid(answer, { 'metadata.name': 'FieldValueRequired' });
  },

  'a label that is no label is 422': async api => {
    const labels = { app: 'no spaces, please' };
    const answer = await api.create(api.configMaps, { metadata: { name: api.name(), labels } });
    expectInvalid(answer, { 'metadata.labels': 'FieldValueInvalid' });
  },

  'dryRun=All answers as if, and keeps nothing': async api => {
    const name = api.name();
    const answer = await api.create(api.configMaps, { metadata: { name } }, 'dryRun=All');
    expect(answer).toMatchObject({ status: 201, body: { metadata: { name } } });
    expect((await api.get(api.configMaps, name)).status).toBe(404);
  },

  'a value of dryRun other than All is 422': async api => {
    const answer = await api.create(api.configMaps, { metadata: { name: api.name() } }, 'dryRun=Some');
    expectInvalid(answer, { dryRun: 'FieldValueNotSupported' });
  },

  'fieldValidation=Strict refuses unknown fields by name': async api => {
    const object = { metadata: { name: api.name() }, spec: { maxReplica: 3 } };
    const answer = await api.create(api.autoscalers, object, 'fieldValidation=Strict');
    expectRefusal(answer, 400, 'BadRequest');
    expect(answer.body.message).toContain('strict decoding error: unknown field "spec.maxReplica"');
  },

  'fieldValidation=Warn, the default, warns of unknown fields and drops them': async api => {
    for (const query of ['', 'fieldValidation=Warn']) {
      const object = { metadata: { name: api.name() }, spec: { colour: 'red', color: 'blue' } };
      const { status, body, warnings } = await api.create(api.widgets, object, query);
      expect(status).toBe(201);
      expect(body.spec).toEqual({ colour: 'red' });
      expect(warnings).toEqual(['299 - "unknown field \\"spec.color\\""']);
    }
  },

  'fieldValidation=Ignore drops unknown fields without a word': async api => {
    const object = { metadata: { name: api.name() }, spec: { colour: 'red', color: 'blue' } };
    const { status, body, warnings } = await api.create(api.widgets, object, 'fieldValidation=Ignore');
    expect(status).toBe(201);
    expect(body.spec).toEqual({ colour: 'red' });
    expect(warnings).toEqual([]);
  },

  'replace stores the new object under a newer resourceVersion and the same uid': async api => {
    const before = await api.given(api.configMaps, { data: { a: '1' } });
    const { status, body } = await api.replace(api.configMaps, { ...before, data: { b: '2' } });
    expect(status).toBe(200);
    expect(body.data).toEqual({ b: '2' });
    expect(body.metadata.uid).toBe(before.metadata.uid);
    expect(Number(body.metadata.resourceVersion)).toBeGreaterThan(Number(before.metadata.resourceVersion));
  },

  'replace based on a stale resourceVersion is 409 Conflict': async api => {
    const before = await api.given(api.configMaps);
    const { name } = before.metadata;
    await api.replace(api.configMaps, { ...before, data: { a: '1' } });
    expectRefusal(await api.replace(api.configMaps, { ...before, data: { a: '2' } }), 409, 'Conflict', {
      message: `Operation cannot be fulfilled on configmaps "${name}": the object has been modified; please apply your changes to the latest version and try again`,
      details: { name, kind: 'configmaps' },
    });
  },

  'replace without a resourceVersion wins over whatever is there': async api => {
    const { metadata } = await api.given(api.configMaps, { data: { a: '1' } });
    const { name } = metadata;
    const blind = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: '2' } };
    expect(await api.replace(api.configMaps, blind)).toMatchObject({ status: 200, body: { data: { a: '2' } } });
  },

  'replace of a custom resource needs a resourceVersion': async api => {
    const { metadata, ...rest } = await api.given(api.widgets);
    const answer = await api.replace(api.widgets, { ...rest, metadata: { name: metadata.name } });
    expectInvalid(answer, { 'metadata.resourceVersion': 'FieldValueInvalid' });
    expect(answer.body.message).toContain('must be specified for an update');
  },

  'replace with another uid is 409, naming both': async api => {
    const before = await api.given(api.configMaps);
    const { resourceVersion: _, ...metadata } = { ...before.metadata, uid: 'another' };
    const answer = await api.replace(api.configMaps, { ...before, metadata });
    expectRefusal(answer, 409, 'Conflict');
    expect(answer.body.message).toContain(
      `Precondition failed: UID in precondition: another, UID in object meta: ${before.metadata.uid}`,
    );
  },

  'replace under the name of another object is 400': async api => {
    const before = await api.given(api.configMaps);
    const other = { ...before, metadata: { ...before.metadata, name: 'other' } };
    const path = `${api.configMaps.path}/${before.metadata.name}`;
    expectRefusal(await api.send('PUT', path, { body: other }), 400, 'BadRequest', {
      message: `the name of the object (other) does not match the name on the URL (${before.metadata.name})`,
    });
  },

  'replace of what is not there is 404': async api => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: api.name() } };
    expectRefusal(await api.replace(api.configMaps, object), 404, 'NotFound');
  },

  'replace with nothing new leaves the resourceVersion as it is': async api => {
    const before = await api.given(api.widgets, { spec: { title: 'same' } });
    const { status, body } = await api.replace(api.widgets, before);
    expect(status).toBe(200);
    expect(body).toEqual(before);
  },

  'generation moves with the spec, not with labels': async api => {
    const before = await api.given(api.widgets, { spec: { title: 'first' } });
    expect(before.metadata.generation).toBe(1);
    const labelled = await api.merge(api.widgets, before.metadata.name, { metadata: { labels: { a: 'b' } } });
    expect(labelled.body.metadata.generation).toBe(1);
    const changed = await api.merge(api.widgets, before.metadata.name, { spec: { title: 'second' } });
    expect(changed.body.metadata.generation).toBe(2);
  },

  'resourceVersions rise over all kinds': async api => {
    const first = await api.given(api.configMaps);
    const second = await api.given(api.widgets);
    const third = await api.given(api.leases);
    const versions = [first, second, third].map(({ metadata }) => Number(metadata.resourceVersion));
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(3);
  },

  'a kind that lives in namespaces cannot be created outside of one': async api => {
    const answer = await api.send('POST', '/apis/autoscaling/v2/horizontalpodautoscalers', { body: {} });
    expectRefusal(answer, 405, 'MethodNotAllowed');
  },
};

import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { ApiDriver, Body } from '../driver.ts';
import { expectInvalid, expectRefusal } from '../expectations.ts';
import { widgetDefinition } from '../widget.ts';

const create = (api: ApiDriver, spec: Body) => api.create(api.widgets, { metadata: { name: api.name() }, spec });

export const schemaContract: Contract = {
  'fills defaults where the parent is there, and only there': async api => {
    expect((await create(api, {})).body.spec).toEqual({ colour: 'red' });
    expect((await create(api, { nested: { kind: 'a' } })).body.spec.nested).toEqual({ kind: 'a', retries: 3 });
    expect((await create(api, { parts: [{ name: 'a' }] })).body.spec.parts).toEqual([{ name: 'a', unit: 'kg' }]);
    const bare = await api.create(api.widgets, { metadata: { name: api.name() } });
    expect(bare.body.spec).toBeUndefined();
  },

  'takes a null for absent where the field may not be null': async api => {
    const { status, body } = await create(api, { colour: null, title: null, nothing: null });
    expect(status).toBe(201);
    expect(body.spec).toEqual({ colour: 'red', nothing: null });
  },

  'keeps what a field that preserves unknown fields holds': async api => {
    const free = { any: { thing: [1, 'two', { three: 3 }] } };
    expect((await create(api, { free })).body.spec.free).toEqual(free);
  },

  'refuses a value of another type': async api => {
    const answer = await create(api, { replicas: 'three', enabled: 'yes', steps: 'one', title: 3 });
    expectInvalid(answer, {
      '.spec.replicas': 'FieldValueInvalid',
      'spec.replicas': 'FieldValueTypeInvalid',
      'spec.enabled': 'FieldValueTypeInvalid',
      'spec.steps': 'FieldValueTypeInvalid',
      'spec.title': 'FieldValueTypeInvalid',
    });
    const { causes } = answer.body.details;
    expect(causes.find((cause: Body) => cause.field === 'spec.replicas').message).toBe(
      'Invalid value: "string": spec.replicas in body must be of type integer: "string"',
    );
  },

  'refuses a value the enum does not name, and says what it does name': async api => {
    const answer = await create(api, { colour: 'pink' });
    expectInvalid(answer, { 'spec.colour': 'FieldValueNotSupported' });
    expect(answer.body.message).toContain('Unsupported value: "pink": supported values: "red", "green", "blue"');
  },

  'refuses numbers out of bounds': async api => {
    expectInvalid(await create(api, { replicas: 1001 }), { 'spec.replicas': 'FieldValueInvalid' });
    const high = await create(api, { replicas: 1001 });
    expect(high.body.message).toContain(
      'spec.replicas: Invalid value: 1001: spec.replicas in body should be less than or equal to 1000',
    );
    expectInvalid(await create(api, { share: 1 }), { 'spec.share': 'FieldValueInvalid' });
    expect((await create(api, { share: 0.5 })).status).toBe(201);
    const fraction = await create(api, { nested: { kind: 'a', retries: 1.5 } });
    expect(fraction.body.details.causes[0]).toMatchObject({
      field: 'spec.nested.retries',
      reason: 'FieldValueTypeInvalid',
    });
  },

  'refuses replicas that /scale could not show, by the path of its definition': async api => {
    const answer = await create(api, { replicas: -1 });
    expectInvalid(answer, { 'spec.replicas': 'FieldValueInvalid', '.spec.replicas': 'FieldValueInvalid' });
    expect(answer.body.message).toContain('.spec.replicas: Invalid value: -1: should be a non-negative integer');
  },

  'refuses strings that are too long, too short or of another pattern': async api => {
    const long = await create(api, { title: 'much-too-long' });
    expectInvalid(long, { 'spec.title': 'FieldValueTooLong' });
    expect(long.body.message).toContain('spec.title: Too long: may not be more than 10 bytes');
    expectInvalid(await create(api, { title: 'a' }), { 'spec.title': 'FieldValueInvalid' });
    const pattern = await create(api, { title: 'A Title' });
    expect(pattern.body.message).toContain("spec.title in body should match '^[a-z-]+$'");
  },

  'refuses lists that are too long, and items by their index': async api => {
    const parts = ['a', 'b', 'c', 'd'].map(name => ({ name }));
    const many = await create(api, { parts });
    expectInvalid(many, { 'spec.parts': 'FieldValueTooMany' });
    expect(many.body.message).toContain('spec.parts: Too many: 4: must have at most 3 items');
    const item = await create(api, { parts: [{ name: 'a' }, { name: 'b', weight: 'heavy' }] });
    expectInvalid(item, { 'spec.parts[1].weight': 'FieldValueTypeInvalid' });
  },

  'refuses a key or a value twice in lists that merge': async api => {
    const twice = await create(api, { parts: [{ name: 'a' }, { name: 'a' }] });
    expectInvalid(twice, { 'spec.parts[1]': 'FieldValueDuplicate' });
    expectInvalid(await create(api, { tags: ['x', 'y', 'x'] }), { 'spec.tags[2]': 'FieldValueDuplicate' });
  },

  'asks for required fields': async api => {
    const answer = await create(api, { nested: {}, parts: [{ weight: 1 }] });
    expectRefusal(answer, 422, 'Invalid');
    const fields = answer.body.details.causes.map((cause: Body) => `${cause.field} ${cause.reason}`);
    expect(fields).toEqual(
      expect.arrayContaining(['spec.nested.kind FieldValueRequired', 'spec.parts[0].name FieldValueRequired']),
    );
  },

  'checks the values of maps under their keys': async api => {
    expectInvalid(await create(api, { limits: { cpu: -1 } }), { 'spec.limits.cpu': 'FieldValueInvalid' });
    expect((await create(api, { limits: { cpu: 1 } })).body.spec.limits).toEqual({ cpu: 1 });
  },

  'takes an integer or a string where either will do': async api => {
    expect((await create(api, { size: 3 })).body.spec.size).toBe(3);
    expect((await create(api, { size: '25%' })).body.spec.size).toBe('25%');
    expectInvalid(await create(api, { size: true }), { 'spec.size': 'FieldValueTypeInvalid' });
  },

  'takes instants with their zone, and keeps them as written': async api => {
    for (const since of ['2027-01-01T00:00:00Z', '2026-11-27T20:00:00.250+01:00', '2027-01-01t00:00:00z']) {
      expect((await create(api, { since })).body.spec?.since, since).toBe(since);
    }
  },

  'refuses what is no instant': async api => {
    const wrong = ['2027-01-01T00:00:00', '2027-01-01', '2027-01-01T24:00:00Z', '2027-01-01 00:00:00Z', 'tomorrow'];
    for (const since of [...wrong, '2027-02-30T00:00:00Z', '2016-12-31T23:59:60Z']) {
      const answer = await create(api, { since });
      expect(answer.status, since).toBe(422);
      expect(answer.body.details.causes[0], since).toMatchObject({ field: 'spec.since' });
    }
  },

  'tells all faults at once': async api => {
    const answer = await create(api, { replicas: 1001, colour: 'pink', title: 'A' });
    expectRefusal(answer, 422, 'Invalid', { details: { group: api.group, kind: 'Widget' } });
    const fields = new Set(answer.body.details.causes.map((cause: Body) => cause.field));
    expect(fields).toEqual(new Set(['spec.replicas', 'spec.colour', 'spec.title']));
    expect(answer.body.message).toMatch(/^Widget\.\S+ "\S+" is invalid: \[/);
  },

  'lets an old fault stand while another field changes': async api => {
    const name = `lax.${api.name()}.headstart.dev`;
    const group = name.slice(4);
    const definition = widgetDefinition(group);
    const lax = { ...definition, metadata: { name: `widgets.${group}` } };
    await api.create(api.definitions, lax);
    const widgets = { ...api.widgets, path: api.widgets.path.replace(api.group, group), apiVersion: `${group}/v1` };
    await api.until(
      () => api.list(widgets),
      ({ status }) => status === 200,
    );
    const { metadata } = await api.given(widgets, { spec: { title: 'long-title' } });
    const path = 'spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/title/maxLength'.split('/');
    const current = await api.get(api.definitions, `widgets.${group}`);
    const strict = structuredClone(current.body);
    path.slice(0, -1).reduce((at: Body, key) => at[key], strict).maxLength = 5;
    expect((await api.replace(api.definitions, strict)).status).toBe(200);
    await api.until(
      () => api.create(widgets, { metadata: { name: api.name() }, spec: { title: 'long-title' } }, 'dryRun=All'),
      ({ status }) => status === 422,
    );
    const changed = await api.merge(widgets, metadata.name, { spec: { replicas: 3 } });
    expect(changed).toMatchObject({ status: 200, body: { spec: { title: 'long-title', replicas: 3 } } });
    const worse = await api.merge(widgets, metadata.name, { spec: { title: 'other-long' } });
    expectInvalid(worse, { 'spec.title': 'FieldValueTooLong' });
    await api.delete(api.definitions, `widgets.${group}`);
  },

  'a definition takes its objects with it': async api => {
    const group = `${api.name()}.headstart.dev`;
    await api.create(api.definitions, widgetDefinition(group));
    const widgets = { ...api.widgets, path: api.widgets.path.replace(api.group, group), apiVersion: `${group}/v1` };
    await api.until(
      () => api.list(widgets),
      ({ status }) => status === 200,
    );
    await api.given(widgets);
    expect((await api.delete(api.definitions, `widgets.${group}`)).status).toBe(200);
    await api.until(
      () => api.get(api.definitions, `widgets.${group}`),
      ({ status }) => status === 404,
    );
    await api.until(
      () => api.list(widgets),
      ({ status }) => status === 404,
    );
  },

  'a definition must be named after what it defines': async api => {
    const definition = widgetDefinition(`${api.name()}.headstart.dev`);
    const answer = await api.create(api.definitions, { ...definition, metadata: { name: 'things.example.com' } });
    expectRefusal(answer, 422, 'Invalid');
    expect(answer.body.message).toContain('must be spec.names.plural+"."+spec.group');
  },

  'a definition without a schema, or with a field without a type, is refused': async api => {
    const group = `${api.name()}.headstart.dev`;
    const definition = widgetDefinition(group);
    const versions = (openAPIV3Schema: Body | undefined) => [
      {
        name: 'v1',
        served: true,
        storage: true,
        ...(openAPIV3Schema === undefined ? {} : { schema: { openAPIV3Schema } }),
      },
    ];
    for (const schema of [
      undefined,
      { type: 'object', properties: { spec: { properties: { a: { type: 'string' } } } } },
    ]) {
      const broken = { ...definition, spec: { ...definition.spec, versions: versions(schema) } };
      expectRefusal(await api.create(api.definitions, broken), 422, 'Invalid');
    }
  },
};

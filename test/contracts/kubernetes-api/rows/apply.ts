import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import { expectInvalid, expectRefusal, managedBy } from '../expectations.ts';

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'nobody' };
const bounds = (minReplicas: number, maxReplicas = 10) => ({ spec: { minReplicas, maxReplicas, scaleTargetRef } });

export const applyContract: Contract = {
  'creates with 201, then changes with 200': async api => {
    const name = api.name();
    const created = await api.apply(api.widgets, name, 'gitops', { spec: { title: 'first' } });
    expect(created).toMatchObject({
      status: 201,
      body: { metadata: { name, generation: 1 }, spec: { title: 'first' } },
    });
    const changed = await api.apply(api.widgets, name, 'gitops', { spec: { title: 'second' } });
    expect(changed).toMatchObject({ status: 200, body: { metadata: { generation: 2 }, spec: { title: 'second' } } });
  },

  'records the applied fields under the manager, and no others': async api => {
    const name = api.name();
    const config = { metadata: { labels: { a: 'b' } }, spec: { title: 'mine', limits: { x: 1 } } };
    const { body } = await api.apply(api.widgets, name, 'gitops', config);
    expect(body.spec.colour).toBe('red');
    expect(body.metadata.managedFields).toEqual([
      {
        manager: 'gitops',
        operation: 'Apply',
        apiVersion: `${api.group}/v1`,
        time: expect.stringMatching(/Z$/),
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { 'f:a': {} } },
          'f:spec': { 'f:title': {}, 'f:limits': { 'f:x': {} } },
        },
      },
    ]);
  },

  'an ordinary write is recorded as an Update of its manager, by User-Agent where none is named': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { title: 'first' } });
    expect(managedBy({ metadata }, 'contract', 'Update')?.fieldsV1).toEqual({
      'f:spec': { '.': {}, 'f:colour': {}, 'f:title': {} },
    });
    const named = await api.merge(api.widgets, metadata.name, { spec: { title: 'second' } }, 'fieldManager=editor');
    expect(managedBy(named.body, 'editor', 'Update')?.fieldsV1).toEqual({ 'f:spec': { 'f:title': {} } });
    expect(managedBy(named.body, 'contract', 'Update')?.fieldsV1).toEqual({ 'f:spec': { '.': {}, 'f:colour': {} } });
  },

  'takes YAML': async api => {
    const name = api.name();
    const body = `apiVersion: ${api.group}/v1\nkind: Widget\nmetadata:\n  name: ${name}\nspec: { title: from-yaml }\n`;
    const path = `${api.widgets.path}/${name}?fieldManager=gitops`;
    const answer = await api.send('PATCH', path, { body, contentType: 'application/apply-patch+yaml' });
    expect(answer).toMatchObject({ status: 201, body: { spec: { title: 'from-yaml' } } });
  },

  'without a field manager is 422': async api => {
    const answer = await api.apply(api.widgets, api.name(), '', { spec: {} });
    expectInvalid(answer, { fieldManager: 'FieldValueRequired' });
  },

  'of another kind or version is 400': async api => {
    const name = api.name();
    expectRefusal(await api.apply(api.widgets, name, 'gitops', { kind: 'Gadget' }), 400, 'BadRequest');
    expectRefusal(await api.apply(api.widgets, name, 'gitops', { apiVersion: `${api.group}/v2` }), 400, 'BadRequest');
  },

  'without a name in its body cannot create': async api => {
    const { apiVersion, kind, path } = api.widgets;
    const answer = await api.send('PATCH', `${path}/${api.name()}?fieldManager=gitops`, {
      body: { apiVersion, kind, spec: {} },
      contentType: 'application/apply-patch+yaml',
    });
    expectRefusal(answer, 400, 'BadRequest');
  },

  'with managedFields in its body is 400': async api => {
    const answer = await api.apply(api.widgets, api.name(), 'gitops', { metadata: { managedFields: [] } });
    expectRefusal(answer, 400, 'BadRequest', { message: 'metadata.managedFields must be nil' });
  },

  'with a field that no schema knows is refused, naming it': async api => {
    const { status, body } = await api.apply(api.widgets, api.name(), 'gitops', { spec: { color: 'blue' } });
    expect(status).toBe(500);
    expect(body.message).toContain('.spec.color: field not declared in schema');
  },

  'to a field another manager applied is 409, naming field and holder': async api => {
    const name = api.name();
    await api.apply(api.autoscalers, name, 'gitops', bounds(2));
    const answer = await api.apply(api.autoscalers, name, 'headstart', { spec: { minReplicas: 8 } });
    expectRefusal(answer, 409, 'Conflict', {
      message: 'Apply failed with 1 conflict: conflict with "gitops": .spec.minReplicas',
      details: {
        causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "gitops"', field: '.spec.minReplicas' }],
      },
    });
    expect((await api.get(api.autoscalers, name)).body.spec.minReplicas).toBe(2);
  },

  'names every field in conflict': async api => {
    const name = api.name();
    await api.apply(api.autoscalers, name, 'gitops', bounds(2, 10));
    const answer = await api.apply(api.autoscalers, name, 'headstart', { spec: { minReplicas: 8, maxReplicas: 12 } });
    expectRefusal(answer, 409, 'Conflict', {
      message: 'Apply failed with 2 conflicts: conflicts with "gitops":\n- .spec.maxReplicas\n- .spec.minReplicas',
    });
  },

  'to a field an ordinary write set is 409 too, naming the version it was written in': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { title: 'written' } });
    const answer = await api.apply(api.widgets, metadata.name, 'gitops', { spec: { title: 'applied' } });
    expectRefusal(answer, 409, 'Conflict');
    expect(answer.body.message).toBe(
      `Apply failed with 1 conflict: conflict with "contract" using ${api.group}/v1: .spec.title`,
    );
  },

  'forced takes the field over': async api => {
    const name = api.name();
    await api.apply(api.autoscalers, name, 'gitops', bounds(2));
    const { status, body } = await api.apply(
      api.autoscalers,
      name,
      'headstart',
      { spec: { minReplicas: 8 } },
      'force=true',
    );
    expect(status).toBe(200);
    expect(body.spec).toMatchObject({ minReplicas: 8, maxReplicas: 10 });
    expect(managedBy(body, 'headstart')?.fieldsV1).toEqual({ 'f:spec': { 'f:minReplicas': {} } });
    expect(managedBy(body, 'gitops')?.fieldsV1['f:spec']).not.toHaveProperty('f:minReplicas');
  },

  'the former holder is refused from then on': async api => {
    const name = api.name();
    await api.apply(api.autoscalers, name, 'gitops', bounds(2));
    await api.apply(api.autoscalers, name, 'headstart', { spec: { minReplicas: 8 } }, 'force=true');
    expectRefusal(await api.apply(api.autoscalers, name, 'gitops', bounds(2)), 409, 'Conflict');
    const { minReplicas: _, ...rest } = bounds(2).spec;
    const answer = await api.apply(api.autoscalers, name, 'gitops', { spec: rest });
    expect(answer).toMatchObject({ status: 200, body: { spec: { minReplicas: 8 } } });
  },

  'of the same value shares the field': async api => {
    const name = api.name();
    await api.apply(api.autoscalers, name, 'gitops', bounds(2));
    const { status, body } = await api.apply(api.autoscalers, name, 'headstart', { spec: { minReplicas: 2 } });
    expect(status).toBe(200);
    expect(managedBy(body, 'headstart')?.fieldsV1).toEqual({ 'f:spec': { 'f:minReplicas': {} } });
    expect(managedBy(body, 'gitops')?.fieldsV1['f:spec']).toHaveProperty('f:minReplicas');
  },

  "releasing a field gives the API's default, never the former holder's value": async api => {
    const name = api.name();
    await api.apply(api.autoscalers, name, 'gitops', bounds(2));
    await api.apply(api.autoscalers, name, 'headstart', { spec: { minReplicas: 8 } }, 'force=true');
    const { status, body } = await api.apply(api.autoscalers, name, 'headstart', {});
    expect(status).toBe(200);
    expect(body.spec.minReplicas).toBe(1);
    expect(managedBy(body, 'headstart')).toBeUndefined();
  },

  'releasing a shared field changes nothing': async api => {
    const name = api.name();
    await api.apply(api.autoscalers, name, 'gitops', bounds(2));
    await api.apply(api.autoscalers, name, 'headstart', { spec: { minReplicas: 2 } });
    const { body } = await api.apply(api.autoscalers, name, 'headstart', {});
    expect(body.spec.minReplicas).toBe(2);
  },

  'releasing a field without a default removes it, with what it alone filled': async api => {
    const name = api.name();
    await api.apply(api.widgets, name, 'gitops', { spec: { title: 'mine', limits: { x: 1, y: 2 } } });
    await api.apply(api.widgets, name, 'headstart', { spec: { limits: { z: 3 } } });
    const { body } = await api.apply(api.widgets, name, 'gitops', { spec: { limits: { y: 2 } } });
    expect(body.spec).toEqual({ colour: 'red', limits: { y: 2, z: 3 } });
  },

  'an empty configuration of a newcomer takes nothing from anybody': async api => {
    const name = api.name();
    await api.apply(api.autoscalers, name, 'gitops', bounds(2));
    const { status, body } = await api.apply(api.autoscalers, name, 'headstart', {});
    expect(status).toBe(200);
    expect(body.spec).toMatchObject({ minReplicas: 2, maxReplicas: 10 });
  },

  'adds annotations beside those of others, and takes back its own': async api => {
    const name = api.name();
    const annotate = (manager: string, annotations: object) =>
      api.apply(api.widgets, name, manager, { metadata: { annotations } });
    await annotate('gitops', { 'example.com/a': '1' });
    const both = await annotate('headstart', { 'headstart.dev/floor': '8' });
    expect(both.body.metadata.annotations).toEqual({ 'example.com/a': '1', 'headstart.dev/floor': '8' });
    const one = await annotate('headstart', {});
    expect(one.body.metadata.annotations).toEqual({ 'example.com/a': '1' });
  },

  'merges a map list by its keys': async api => {
    const name = api.name();
    await api.apply(api.widgets, name, 'gitops', { spec: { parts: [{ name: 'a', weight: 1 }] } });
    const parts = [{ name: 'b', weight: 2 }];
    const { body } = await api.apply(api.widgets, name, 'headstart', { spec: { parts } });
    expect(body.spec.parts).toEqual([
      { name: 'a', weight: 1, unit: 'kg' },
      { name: 'b', weight: 2, unit: 'kg' },
    ]);
    expect(managedBy(body, 'headstart')?.fieldsV1).toEqual({
      'f:spec': { 'f:parts': { 'k:{"name":"b"}': { '.': {}, 'f:name': {}, 'f:weight': {} } } },
    });
  },

  'names the item of a map list that is in conflict': async api => {
    const name = api.name();
    await api.apply(api.widgets, name, 'gitops', { spec: { parts: [{ name: 'a', weight: 1 }] } });
    const answer = await api.apply(api.widgets, name, 'headstart', { spec: { parts: [{ name: 'a', weight: 9 }] } });
    expectRefusal(answer, 409, 'Conflict');
    expect(answer.body.details.causes[0].field).toBe('.spec.parts[name="a"].weight');
  },

  'takes back its own items of a map list': async api => {
    const name = api.name();
    await api.apply(api.widgets, name, 'gitops', { spec: { parts: [{ name: 'a' }, { name: 'b' }] } });
    await api.apply(api.widgets, name, 'headstart', { spec: { parts: [{ name: 'c' }] } });
    const { body } = await api.apply(api.widgets, name, 'gitops', { spec: { parts: [{ name: 'b' }] } });
    expect(body.spec.parts.map((part: { name: string }) => part.name)).toEqual(['b', 'c']);
  },

  'merges a set by its values': async api => {
    const name = api.name();
    await api.apply(api.widgets, name, 'gitops', { spec: { tags: ['x', 'y'] } });
    const { body } = await api.apply(api.widgets, name, 'headstart', { spec: { tags: ['y', 'z'] } });
    expect(body.spec.tags).toEqual(['x', 'y', 'z']);
    expect(managedBy(body, 'headstart')?.fieldsV1).toEqual({ 'f:spec': { 'f:tags': { 'v:"y"': {}, 'v:"z"': {} } } });
  },

  'owns an atomic list, and an atomic map, as a whole': async api => {
    const name = api.name();
    await api.apply(api.widgets, name, 'gitops', { spec: { steps: ['one'], whole: { a: '1' } } });
    const refused = await api.apply(api.widgets, name, 'headstart', { spec: { steps: ['two'], whole: { b: '2' } } });
    expectRefusal(refused, 409, 'Conflict');
    const fields = refused.body.details.causes.map((cause: { field: string }) => cause.field);
    expect(fields.sort()).toEqual(['.spec.steps', '.spec.whole']);
    const forced = { spec: { steps: ['two'], whole: { b: '2' } } };
    const { body } = await api.apply(api.widgets, name, 'headstart', forced, 'force=true');
    expect(body.spec).toMatchObject({ steps: ['two'], whole: { b: '2' } });
    expect(managedBy(body, 'gitops')).toBeUndefined();
  },

  'said again writes nothing': async api => {
    const name = api.name();
    const first = await api.apply(api.widgets, name, 'gitops', { spec: { title: 'same' } });
    const again = await api.apply(api.widgets, name, 'gitops', { spec: { title: 'same' } });
    expect(again.body).toEqual(first.body);
  },

  'an ordinary write takes the field from its applier': async api => {
    const name = api.name();
    await api.apply(api.widgets, name, 'gitops', { spec: { title: 'applied' } });
    const { body } = await api.merge(api.widgets, name, { spec: { title: 'edited' } }, 'fieldManager=editor');
    expect(managedBy(body, 'editor', 'Update')?.fieldsV1).toEqual({ 'f:spec': { 'f:title': {} } });
    expect(managedBy(body, 'gitops')).toBeUndefined();
  },

  'the uid of another object is 422; on a name that is free it is 409, and nothing is created': async api => {
    const uid = '11111111-1111-1111-1111-111111111111';
    const { metadata } = await api.given(api.widgets);
    const other = await api.apply(api.widgets, metadata.name, 'headstart', { metadata: { uid } });
    expectInvalid(other, { 'metadata.uid': 'FieldValueInvalid' });
    const name = api.name();
    const absent = await api.apply(api.widgets, name, 'headstart', { metadata: { uid } });
    expectRefusal(absent, 409, 'Conflict');
    expect(absent.body.message).toContain(`the provided object specified uid ${uid}, and no existing object was found`);
    expect((await api.get(api.widgets, name)).status).toBe(404);
  },

  'based on a stale resourceVersion is 409, forced or not': async api => {
    const { metadata } = await api.given(api.widgets);
    const { name, resourceVersion } = metadata;
    await api.merge(api.widgets, name, { spec: { title: 'moved-on' } });
    const config = { metadata: { resourceVersion }, spec: { replicas: 3 } };
    expectRefusal(await api.apply(api.widgets, name, 'headstart', config, 'force=true'), 409, 'Conflict');
    const { body } = await api.get(api.widgets, name);
    expect(body.spec.replicas).toBeUndefined();
  },

  'with uid and resourceVersion of the newest object is accepted, and owns neither': async api => {
    const { metadata } = await api.given(api.widgets);
    const { name, uid, resourceVersion } = metadata;
    const config = { metadata: { uid, resourceVersion }, spec: { replicas: 3 } };
    const { status, body } = await api.apply(api.widgets, name, 'headstart', config, 'force=true');
    expect(status).toBe(200);
    expect(managedBy(body, 'headstart')?.fieldsV1).toEqual({ 'f:spec': { 'f:replicas': {} } });
  },

  'is checked like any write: an invalid result is 422 and changes nothing': async api => {
    const name = api.name();
    await api.apply(api.autoscalers, name, 'gitops', bounds(2, 10));
    const config = { spec: { minReplicas: 20 } };
    const answer = await api.apply(api.autoscalers, name, 'headstart', config, 'force=true');
    expectInvalid(answer, { 'spec.maxReplicas': 'FieldValueInvalid' });
    expect((await api.get(api.autoscalers, name)).body.spec.minReplicas).toBe(2);
  },

  'with dryRun=All answers as if, and keeps nothing': async api => {
    const name = api.name();
    await api.apply(api.autoscalers, name, 'gitops', bounds(2));
    const config = { spec: { minReplicas: 8 } };
    const answer = await api.apply(api.autoscalers, name, 'headstart', config, 'force=true&dryRun=All');
    expect(answer).toMatchObject({ status: 200, body: { spec: { minReplicas: 8 } } });
    expect((await api.get(api.autoscalers, name)).body.spec.minReplicas).toBe(2);
    const absent = api.name();
    await api.apply(api.widgets, absent, 'gitops', { spec: {} }, 'dryRun=All');
    expect((await api.get(api.widgets, absent)).status).toBe(404);
  },

  'of status through /status is an entry of its own': async api => {
    const { metadata } = await api.given(api.widgets);
    const config = {
      status: { message: 'well', conditions: [{ type: 'Ready', status: 'True' }] },
      spec: { replicas: 9 },
    };
    const { status, body } = await api.apply(api.widgets, `${metadata.name}/status`, 'headstart', config);
    expect(status).toBe(200);
    expect(body.spec?.replicas).toBeUndefined();
    expect(managedBy(body, 'headstart')).toMatchObject({
      subresource: 'status',
      fieldsV1: {
        'f:status': {
          'f:message': {},
          'f:conditions': { 'k:{"type":"Ready"}': { '.': {}, 'f:status': {}, 'f:type': {} } },
        },
      },
    });
  },
};

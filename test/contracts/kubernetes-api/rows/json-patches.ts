import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { ApiDriver, Collection } from '../driver.ts';
import { expectRefusal, managedBy } from '../expectations.ts';

const refusal = { message: 'the server rejected our request due to an error in our request' };

function patch(api: ApiDriver, { path }: Collection, at: string, operations: unknown, query = '') {
  const contentType = 'application/json-patch+json';
  return api.send('PATCH', `${path}/${at}?${query}`, { body: operations, contentType });
}

export const jsonPatchContract: Contract = {
  'of a custom resource adds, replaces and removes': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { title: 'first', replicas: 1, steps: ['a', 'c'] } });
    const { status, body } = await patch(api, api.widgets, metadata.name, [
      { op: 'replace', path: '/spec/title', value: 'second' },
      { op: 'remove', path: '/spec/replicas' },
      { op: 'add', path: '/spec/steps/1', value: 'b' },
      { op: 'add', path: '/spec/steps/-', value: 'd' },
    ]);
    expect(status).toBe(200);
    expect(body.spec).toEqual({ colour: 'red', title: 'second', steps: ['a', 'b', 'c', 'd'] });
  },

  'copies and moves': async api => {
    const { metadata } = await api.given(api.configMaps, { data: { a: '1', b: '2' } });
    const { body } = await patch(api, api.configMaps, metadata.name, [
      { op: 'copy', from: '/data/a', path: '/data/c' },
      { op: 'move', from: '/data/b', path: '/data/d' },
    ]);
    expect(body.data).toEqual({ a: '1', c: '1', d: '2' });
  },

  'with a slash in a key is written with ~1': async api => {
    const { metadata } = await api.given(api.widgets, { metadata: { annotations: { 'headstart.dev/floor': '8' } } });
    const path = '/metadata/annotations/headstart.dev~1floor';
    const { body } = await patch(api, api.widgets, metadata.name, [{ op: 'replace', path, value: '9' }]);
    expect(body.metadata.annotations).toEqual({ 'headstart.dev/floor': '9' });
  },

  'whose test fails is 422 and changes nothing': async api => {
    const before = await api.given(api.configMaps, { data: { a: '1' } });
    const answer = await patch(api, api.configMaps, before.metadata.name, [
      { op: 'replace', path: '/data/a', value: '3' },
      { op: 'test', path: '/data/a', value: '2' },
    ]);
    expectRefusal(answer, 422, 'Invalid', refusal);
    expect((await api.get(api.configMaps, before.metadata.name)).body).toEqual(before);
  },

  'of a path that is not there is 422': async api => {
    const { metadata } = await api.given(api.configMaps, { data: { a: '1' } });
    for (const operation of [
      { op: 'remove', path: '/data/nothing' },
      { op: 'add', path: '/nowhere/deep', value: 'x' },
    ])
      expectRefusal(await patch(api, api.configMaps, metadata.name, [operation]), 422, 'Invalid', refusal);
  },

  'that is no list is 400': async api => {
    const { metadata } = await api.given(api.configMaps);
    expectRefusal(await patch(api, api.configMaps, metadata.name, { op: 'remove' }), 400, 'BadRequest');
  },

  'with an operation that is unknown is 422': async api => {
    const { metadata } = await api.given(api.configMaps, { data: { a: '1' } });
    const answer = await patch(api, api.configMaps, metadata.name, [{ op: 'increase', path: '/data/a' }]);
    expectRefusal(answer, 422, 'Invalid');
  },

  'is checked like a whole object': async api => {
    const { metadata } = await api.given(api.widgets, { spec: {} });
    const answer = await patch(api, api.widgets, metadata.name, [{ op: 'add', path: '/spec/colour', value: 'pink' }]);
    expectRefusal(answer, 422, 'Invalid');
    expect(answer.body.message).toContain('spec.colour');
  },

  'by a test of the resourceVersion is an optimistic lock': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { title: 'first' } });
    const { name, resourceVersion } = metadata;
    await api.merge(api.widgets, name, { spec: { title: 'moved-on' } });
    const answer = await patch(api, api.widgets, name, [
      { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
      { op: 'replace', path: '/spec/title', value: 'stale' },
    ]);
    expectRefusal(answer, 422, 'Invalid');
  },

  'is recorded as an Update of its manager': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { title: 'first' } });
    const operations = [{ op: 'replace', path: '/spec/title', value: 'second' }];
    const { body } = await patch(api, api.widgets, metadata.name, operations, 'fieldManager=editor');
    expect(managedBy(body, 'editor', 'Update')?.fieldsV1).toEqual({ 'f:spec': { 'f:title': {} } });
  },

  'of /status changes status alone': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { title: 'main' } });
    const { body } = await patch(api, api.widgets, `${metadata.name}/status`, [
      { op: 'add', path: '/status', value: { message: 'well' } },
      { op: 'replace', path: '/spec/title', value: 'ignored' },
    ]);
    expect(body).toMatchObject({ spec: { title: 'main' }, status: { message: 'well' } });
  },
};

/** The containers of a deployment by strategic merge patch, which kubectl sends for built-in kinds. */
export const strategicPatchContract: Contract = {
  'merges a list by its key, and leaves what it does not name': async api => {
    const { name, strategic } = await deployed(api);
    const containers = [{ name: 'main', image: 'registry.example/idle:2' }];
    const { status, body } = await strategic({ spec: { template: { spec: { containers } } } });
    expect(status).toBe(200);
    const found = body.spec.template.spec.containers;
    expect(found.map((each: { name: string; image: string }) => [each.name, each.image])).toEqual([
      ['main', 'registry.example/idle:2'],
      ['side', 'registry.example/side:1'],
    ]);
    expect(body.metadata.name).toBe(name);
  },

  'takes an item away by its directive': async api => {
    const { strategic } = await deployed(api);
    const containers = [{ name: 'side', $patch: 'delete' }];
    const { body } = await strategic({ spec: { template: { spec: { containers } } } });
    expect(body.spec.template.spec.containers.map((each: { name: string }) => each.name)).toEqual(['main']);
  },

  'removes a field by null': async api => {
    const { strategic } = await deployed(api);
    const { body } = await strategic({ metadata: { labels: { a: null, c: 'd' } } });
    expect(body.metadata.labels).toEqual({ c: 'd' });
  },

  'of a custom resource is 415': async api => {
    const { metadata } = await api.given(api.widgets);
    const answer = await api.send('PATCH', `${api.widgets.path}/${metadata.name}`, {
      body: { spec: {} },
      contentType: 'application/strategic-merge-patch+json',
    });
    expectRefusal(answer, 415, 'UnsupportedMediaType');
  },
};

async function deployed(api: ApiDriver) {
  const labels = { app: 'idle' };
  const containers = ['main', 'side'].map(name => ({
    name,
    image: `registry.example/${name === 'main' ? 'idle' : name}:1`,
  }));
  const spec = {
    replicas: 0,
    paused: true,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers } },
  };
  const { metadata } = await api.given(api.deployments, { metadata: { labels: { a: 'b' } }, spec });
  const strategic = (body: unknown) =>
    api.send('PATCH', `${api.deployments.path}/${metadata.name}`, {
      body,
      contentType: 'application/strategic-merge-patch+json',
    });
  return { name: metadata.name, strategic };
}

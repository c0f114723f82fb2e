import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { Body } from '../driver.ts';

export const discoveryContract: Contract = {
  'says its version': async api => {
    const { status, body } = await api.send('GET', '/version');
    expect(status).toBe(200);
    expect(body).toMatchObject({ major: '1', gitVersion: expect.stringMatching(/^v1\.\d+\.\d+/) });
    expect(Number(body.minor)).toBeGreaterThanOrEqual(36);
  },

  'is ready': async api => {
    expect(await api.send('GET', '/readyz')).toMatchObject({ status: 200, body: 'ok' });
  },

  'serves the core group at /api/v1': async api => {
    expect((await api.send('GET', '/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    const { body } = await api.send('GET', '/api/v1');
    expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'v1' });
    const pods = body.resources.find((resource: Body) => resource.name === 'pods');
    expect(pods).toMatchObject({ kind: 'Pod', namespaced: true, singularName: 'pod', shortNames: ['po'] });
    expect(pods.verbs).toEqual(expect.arrayContaining(['create', 'get', 'list', 'patch', 'update', 'watch']));
  },

  'lists its other groups with their versions': async api => {
    const { body } = await api.send('GET', '/apis');
    expect(body.kind).toBe('APIGroupList');
    const found = (name: string) => body.groups.find((group: Body) => group.name === name);
    expect(found('apps').preferredVersion).toEqual({ groupVersion: 'apps/v1', version: 'v1' });
    expect(found('autoscaling').versions).toContainEqual({ groupVersion: 'autoscaling/v2', version: 'v2' });
  },

  'names subresources beside their resources': async api => {
    const { body } = await api.send('GET', '/apis/apps/v1');
    const names = body.resources.map((resource: Body) => resource.name);
    expect(names).toEqual(expect.arrayContaining(['deployments', 'deployments/scale', 'deployments/status']));
    const scale = body.resources.find((resource: Body) => resource.name === 'deployments/scale');
    expect(scale).toMatchObject({ kind: 'Scale', group: 'autoscaling', version: 'v1' });
  },

  'serves a kind as soon as its definition is Established': async api => {
    const { body } = await api.get(api.definitions, `widgets.${api.group}`);
    const conditions = Object.fromEntries(body.status.conditions.map((each: Body) => [each.type, each.status]));
    expect(conditions).toMatchObject({ NamesAccepted: 'True', Established: 'True' });
    expect(body.status).toMatchObject({ acceptedNames: { kind: 'Widget' }, storedVersions: ['v1'] });
    const found = await api.send('GET', `/apis/${api.group}/v1`);
    expect(found.body.resources).toContainEqual(
      expect.objectContaining({ name: 'widgets', kind: 'Widget', namespaced: true, shortNames: ['wdg'] }),
    );
  },

  'answers 404 to a path it does not serve': async api => {
    for (const path of ['/apis/no-such.group/v1/things', `/apis/${api.group}/v9/widgets`, '/apis/apps/v1/things']) {
      expect(await api.send('GET', path), path).toMatchObject({ status: 404 });
    }
  },
};

import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { ApiDriver, Body } from '../driver.ts';
import { expectRefusal } from '../expectations.ts';
import { givenDeployment } from '../given.ts';

const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

function table(api: ApiDriver, path: string) {
  return api.send('GET', path, { headers: { accept } });
}

const titles = ({ columnDefinitions }: Body) => columnDefinitions.map(({ name }: Body) => name);

/** What kubectl prints: Tables, whose columns the server knows. */
export const tableContract: Contract = {
  'of custom resources has the columns that their definition declares': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { title: 'shown', replicas: 3 } });
    await api.merge(api.widgets, `${metadata.name}/status`, {
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    });
    const { status, body } = await table(api, `${api.widgets.path}/${metadata.name}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    expect(titles(body)).toEqual(['Name', 'Title', 'Replicas', 'Ready', 'Age']);
    expect(body.rows[0].cells).toEqual([metadata.name, 'shown', 3, 'True', expect.stringMatching(/^\d+m?s?/)]);
  },

  'shows nothing where nothing is': async api => {
    const { metadata } = await api.given(api.widgets, { spec: {} });
    const { body } = await table(api, `${api.widgets.path}/${metadata.name}`);
    expect(body.rows[0].cells.slice(0, 4)).toEqual([metadata.name, null, null, null]);
  },

  'describes its columns: type, format, priority': async api => {
    const { body } = await table(api, api.widgets.path);
    const described = body.columnDefinitions.map(({ type, format, priority }: Body) => [type, format, priority]);
    expect(described).toEqual([
      ['string', 'name', 0],
      ['string', '', 0],
      ['integer', '', 1],
      ['string', '', 0],
      ['date', '', 0],
    ]);
  },

  'carries the metadata of each object, or nothing, or all': async api => {
    const before = await api.given(api.widgets, { spec: { title: 'shown' } });
    const path = `${api.widgets.path}/${before.metadata.name}`;
    const [row] = (await table(api, path)).body.rows;
    expect(row.object).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: before.metadata.name, uid: before.metadata.uid },
    });
    expect((await table(api, `${path}?includeObject=None`)).body.rows[0].object).toBeNull();
    expect((await table(api, `${path}?includeObject=Object`)).body.rows[0].object).toMatchObject({
      kind: 'Widget',
      spec: { title: 'shown' },
    });
  },

  'with an unknown includeObject is 400': async api => {
    expectRefusal(await table(api, `${api.widgets.path}?includeObject=Some`), 400, 'BadRequest');
  },

  'of a list is selected, paged and versioned as the list is': async api => {
    const batch = api.name();
    for (const title of ['one', 'two', 'three'])
      await api.given(api.widgets, { metadata: { labels: { batch } }, spec: { title } });
    const { body } = await table(api, `${api.widgets.path}?labelSelector=batch=${batch}&limit=2`);
    expect(body.rows).toHaveLength(2);
    expect(body.metadata.resourceVersion).toMatch(/^\d+$/);
    const rest = await table(
      api,
      `${api.widgets.path}?labelSelector=batch=${batch}&limit=2&continue=${body.metadata.continue}`,
    );
    expect(rest.body.rows).toHaveLength(1);
  },

  'of built-in kinds has the columns that kubectl users know': async api => {
    await api.given(api.configMaps, { data: { a: '1', b: '2' } });
    const columns = async (path: string) => titles((await table(api, path)).body);
    expect(await columns(api.configMaps.path)).toEqual(['Name', 'Data', 'Age']);
    expect((await columns(api.deployments.path)).slice(0, 5)).toEqual([
      'Name',
      'Ready',
      'Up-to-date',
      'Available',
      'Age',
    ]);
    expect(await columns(api.autoscalers.path)).toEqual([
      'Name',
      'Reference',
      'Targets',
      'MinPods',
      'MaxPods',
      'Replicas',
      'Age',
    ]);
    expect(await columns(api.leases.path)).toEqual(['Name', 'Holder', 'Age']);
    expect(await columns('/api/v1/namespaces')).toEqual(['Name', 'Status', 'Age']);
    expect(await columns(api.definitions.path)).toEqual(['Name', 'Created At']);
  },

  'of an HPA tells what it scales, aims at and is bound by': async api => {
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'nobody' };
    const spec = { minReplicas: 4, maxReplicas: 20, scaleTargetRef };
    const { metadata } = await api.given(api.autoscalers, { spec });
    const { body } = await table(api, `${api.autoscalers.path}/${metadata.name}`);
    expect(body.rows[0].cells.slice(0, 6)).toEqual([
      metadata.name,
      'Deployment/nobody',
      'cpu: <unknown>/80%',
      '4',
      20,
      0,
    ]);
  },

  'of a deployment tells its replicas and images': async api => {
    const { metadata } = await givenDeployment(api);
    const { body } = await table(api, `${api.deployments.path}/${metadata.name}`);
    const { cells } = body.rows[0];
    expect([...cells.slice(0, 4), ...cells.slice(5)]).toEqual([
      metadata.name,
      '0/0',
      0,
      0,
      'main',
      'registry.example/idle:1',
      'app=idle',
    ]);
  },

  'is what a watch tells, too; the columns are described once': async api => {
    const since = (await api.list(api.widgets)).body.metadata.resourceVersion;
    const name = api.name();
    const query = `resourceVersion=${since}&fieldSelector=metadata.name=${name}`;
    const watch = api.watch(api.widgets, query, { accept });
    await api.given(api.widgets, { metadata: { name }, spec: { title: 'first' } });
    await api.merge(api.widgets, name, { spec: { title: 'second' } });
    const events = await watch.until(({ length }) => length >= 2);
    expect(events.map(({ type, object }) => [type, object.kind, object.rows[0].cells[1]])).toEqual([
      ['ADDED', 'Table', 'first'],
      ['MODIFIED', 'Table', 'second'],
    ]);
    expect(events.map(({ object }) => object.columnDefinitions?.length ?? 0)).toEqual([5, 0]);
  },
};

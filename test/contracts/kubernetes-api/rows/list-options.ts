import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { ApiDriver, Body } from '../driver.ts';
import { expectRefusal, namesOf } from '../expectations.ts';

/** Three objects of a label of their own. */
async function givenThree(api: ApiDriver): Promise<string> {
  const batch = api.name();
  for (const tier of ['web', 'api', 'web']) await api.given(api.widgets, { metadata: { labels: { batch, tier } } });
  return batch;
}

export const listOptionsContract: Contract = {
  'limit=0 and limit=500 show all at once': async api => {
    const batch = await givenThree(api);
    for (const limit of [0, 500]) {
      const { body } = await api.list(api.widgets, `labelSelector=batch=${batch}&limit=${limit}`);
      expect(body.items).toHaveLength(3);
      expect(body.metadata.continue ?? '').toBe('');
    }
  },

  'a limit that is no number is 400': async api => {
    expectRefusal(await api.list(api.widgets, 'limit=many'), 400, 'BadRequest');
  },

  'resourceVersion=0 is answered at once': async api => {
    const batch = await givenThree(api);
    await api.until(
      () => api.list(api.widgets, `labelSelector=batch=${batch}&resourceVersion=0`),
      ({ status, body }) => status === 200 && body.items.length === 3,
    );
  },

  'not older than a write shows that write': async api => {
    const { metadata } = await api.given(api.widgets);
    const query = `resourceVersion=${metadata.resourceVersion}&resourceVersionMatch=NotOlderThan`;
    const { status, body } = await api.list(api.widgets, query);
    expect(status).toBe(200);
    expect(namesOf({ body } as never)).toContain(metadata.name);
    expect(Number(body.metadata.resourceVersion)).toBeGreaterThanOrEqual(Number(metadata.resourceVersion));
  },

  'pages of custom resources hold on to one moment, too': async api => {
    const batch = await givenThree(api);
    const query = `labelSelector=batch=${batch}&limit=1`;
    const seen: string[] = [];
    let next = '';
    do {
      const page = await api.list(api.widgets, `${query}&continue=${next}`);
      seen.push(...namesOf(page));
      for (const item of page.body.items) await api.merge(api.widgets, item.metadata.name, { spec: { title: 'seen' } });
      next = page.body.metadata.continue ?? '';
    } while (next !== '');
    expect(seen).toHaveLength(3);
    expect([...seen].sort()).toEqual(seen);
  },

  'selects by namespace and name together': async api => {
    const { metadata } = await api.given(api.widgets);
    const selector = `metadata.namespace=${api.namespace},metadata.name=${metadata.name}`;
    const { body } = await api.send(
      'GET',
      `/apis/${api.group}/v1/widgets?fieldSelector=${encodeURIComponent(selector)}`,
    );
    expect(namesOf({ body } as never)).toEqual([metadata.name]);
  },

  'notin and != select what has no such label, too': async api => {
    const batch = await givenThree(api);
    const { metadata } = await api.given(api.widgets, { metadata: { labels: { batch } } });
    for (const selector of [`batch=${batch},tier notin (web,api)`, `batch=${batch},tier!=web,tier!=api`]) {
      const answer = await api.list(api.widgets, `labelSelector=${encodeURIComponent(selector)}`);
      expect(namesOf(answer), selector).toEqual([metadata.name]);
    }
  },

  'an empty selector selects all': async api => {
    const { metadata } = await api.given(api.widgets);
    expect(namesOf(await api.list(api.widgets, 'labelSelector=&fieldSelector='))).toContain(metadata.name);
  },

  'of a namespace that is not there is empty, not 404': async api => {
    const { status, body } = await api.send('GET', '/api/v1/namespaces/no-such-namespace/configmaps');
    expect(status).toBe(200);
    expect(body.items).toEqual([]);
  },

  'a watch of one name tells of no other': async api => {
    const since = (await api.list(api.widgets)).body.metadata.resourceVersion;
    const name = api.name();
    const watch = api.watch(api.widgets, `resourceVersion=${since}&fieldSelector=metadata.name=${name}`);
    await api.given(api.widgets);
    await api.given(api.widgets, { metadata: { name } });
    await api.merge(api.widgets, name, { spec: { title: 'changed' } });
    const events = await watch.until(({ length }) => length >= 2);
    expect(events.map(({ type, object }) => [type, object.metadata.name])).toEqual([
      ['ADDED', name],
      ['MODIFIED', name],
    ]);
  },

  'a watch tells versions that rise, the one of a deletion included': async api => {
    const { metadata } = await api.given(api.widgets);
    const query = `resourceVersion=${metadata.resourceVersion}&fieldSelector=metadata.name=${metadata.name}`;
    const watch = api.watch(api.widgets, query);
    await api.merge(api.widgets, metadata.name, { spec: { title: 'changed' } });
    await api.delete(api.widgets, metadata.name);
    const events = await watch.until(({ length }) => length >= 2);
    const versions = [metadata, ...events.map(({ object }) => object.metadata)].map((each: Body) =>
      Number(each.resourceVersion),
    );
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(3);
  },

  'a watch by a selectable field of a definition sees objects come and go': async api => {
    const since = (await api.list(api.widgets)).body.metadata.resourceVersion;
    const watch = api.watch(api.widgets, `resourceVersion=${since}&fieldSelector=spec.colour=blue`);
    const { metadata } = await api.given(api.widgets, { spec: { colour: 'red' } });
    await api.merge(api.widgets, metadata.name, { spec: { colour: 'blue' } });
    await api.merge(api.widgets, metadata.name, { spec: { colour: 'green' } });
    const events = await watch.until(({ length }) => length >= 2);
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
  },
};

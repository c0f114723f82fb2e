import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { ApiDriver, Body, WatchEvent } from '../driver.ts';
import { expectInvalid, expectRefusal } from '../expectations.ts';

const initialEventsEnd = 'k8s.io/initial-events-end';
const typesOf = (events: readonly WatchEvent[]) => events.map(({ type }) => type);
const changesOf = (events: readonly WatchEvent[]) =>
  events.filter(({ type }) => type !== 'BOOKMARK').map(({ type, object }) => `${type} ${object.metadata.name}`);

async function newest(api: ApiDriver): Promise<string> {
  return (await api.list(api.configMaps)).body.metadata.resourceVersion;
}

function labelled(api: ApiDriver, batch: string, more: Body = {}): Promise<Body> {
  return api.given(api.configMaps, { metadata: { name: `${batch}-${api.name()}`, labels: { batch, ...more } } });
}

export const watchContract: Contract = {
  'from the resourceVersion of a list tells every change since, in order': async api => {
    const since = await newest(api);
    const { metadata } = await api.given(api.configMaps);
    const { name } = metadata;
    const watch = api.watch(api.configMaps, `resourceVersion=${since}&fieldSelector=metadata.name=${name}`);
    await api.merge(api.configMaps, name, { data: { a: '1' } });
    await api.delete(api.configMaps, name);
    const events = await watch.until(({ length }) => length >= 3);
    expect(changesOf(events)).toEqual([`ADDED ${name}`, `MODIFIED ${name}`, `DELETED ${name}`]);
    expect(events[0]?.object).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    const versions = events.map(({ object }) => Number(object.metadata.resourceVersion));
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(3);
    expect(events[2]?.object.data).toEqual({ a: '1' });
  },

  'without a resourceVersion begins with what is there': async api => {
    const batch = api.name();
    const { metadata } = await labelled(api, batch);
    const watch = api.watch(api.configMaps, `labelSelector=batch=${batch}`);
    await watch.until(({ length }) => length === 1);
    await api.delete(api.configMaps, metadata.name);
    const events = await watch.until(({ length }) => length === 2);
    expect(typesOf(events)).toEqual(['ADDED', 'DELETED']);
  },

  'with sendInitialEvents tells what is there, marks the end of it, and goes on': async api => {
    const batch = api.name();
    await labelled(api, batch);
    await labelled(api, batch);
    const query = `labelSelector=batch=${batch}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`;
    const watch = api.watch(api.configMaps, query);
    const initial = await watch.until(({ length }) => length === 3);
    expect(typesOf(initial)).toEqual(['ADDED', 'ADDED', 'BOOKMARK']);
    expect(initial[2]?.object).toMatchObject({
      kind: 'ConfigMap',
      metadata: { annotations: { [initialEventsEnd]: 'true' } },
    });
    expect(initial[2]?.object.metadata.resourceVersion).toMatch(/^\d+$/);
    await labelled(api, batch);
    expect(typesOf(await watch.until(({ length }) => length === 4))[3]).toBe('ADDED');
  },

  'with sendInitialEvents of custom resources does the same': async api => {
    const { metadata } = await api.given(api.widgets);
    const query = `fieldSelector=metadata.name=${metadata.name}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`;
    const events = await api.watch(api.widgets, query).until(({ length }) => length === 2);
    expect(typesOf(events)).toEqual(['ADDED', 'BOOKMARK']);
    expect(events[1]?.object).toMatchObject({ kind: 'Widget', apiVersion: `${api.group}/v1` });
  },

  'marks no end where bookmarks are not allowed': async api => {
    const batch = api.name();
    await labelled(api, batch);
    const query = `labelSelector=batch=${batch}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`;
    const watch = api.watch(api.configMaps, query);
    await watch.until(({ length }) => length === 1);
    await labelled(api, batch);
    expect(typesOf(await watch.until(({ length }) => length === 2))).toEqual(['ADDED', 'ADDED']);
  },

  'with sendInitialEvents needs resourceVersionMatch=NotOlderThan': async api => {
    const answer = await api.list(api.configMaps, 'watch=true&sendInitialEvents=true');
    expectInvalid(answer, { resourceVersionMatch: 'FieldValueForbidden' });
  },

  'with a selector sees objects come into it and leave it': async api => {
    const batch = api.name();
    const since = await newest(api);
    const watch = api.watch(api.configMaps, `resourceVersion=${since}&labelSelector=batch=${batch},tier=web`);
    const { metadata } = await labelled(api, batch, { tier: 'api' });
    const relabel = (tier: string) => api.merge(api.configMaps, metadata.name, { metadata: { labels: { tier } } });
    await relabel('web');
    await api.merge(api.configMaps, metadata.name, { data: { a: '1' } });
    const left = await relabel('api');
    await api.delete(api.configMaps, metadata.name);
    const events = await watch.until(({ length }) => length >= 3);
    expect(typesOf(events)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
    expect(events[2]?.object.metadata.resourceVersion).toBe(left.body.metadata.resourceVersion);
  },

  'of one namespace is silent about the others': async api => {
    const batch = api.name();
    const since = await newest(api);
    const elsewhere = api.watch({ path: '/api/v1/namespaces/default/configmaps' }, `resourceVersion=${since}`);
    const everywhere = api.watch(
      { path: '/api/v1/configmaps' },
      `resourceVersion=${since}&labelSelector=batch=${batch}`,
    );
    const { metadata } = await labelled(api, batch);
    await everywhere.until(({ length }) => length === 1);
    expect(changesOf(elsewhere.events)).not.toContain(`ADDED ${metadata.name}`);
  },

  'ends by itself after timeoutSeconds, with a bookmark of all that has passed just before': async api => {
    // A bookmark is promised by nobody: a real server that is busy at its second leaves it out.
    for (let attempt = 1; ; attempt += 1) {
      const since = await newest(api);
      const query = `resourceVersion=${since}&timeoutSeconds=6&allowWatchBookmarks=true&labelSelector=no=such`;
      const watch = api.watch(api.configMaps, query);
      const { metadata } = await api.given(api.configMaps);
      expect(await watch.ended).toBe(200);
      if (watch.events.length === 0 && attempt < 3) continue;
      expect(new Set(typesOf(watch.events))).toEqual(new Set(['BOOKMARK']));
      const marked = Number(watch.events[0]?.object.metadata.resourceVersion);
      expect(marked).toBeGreaterThanOrEqual(Number(metadata.resourceVersion));
      return;
    }
  },

  'without a resourceVersion but with bookmarks marks the end of what is there, too': async api => {
    const batch = api.name();
    await labelled(api, batch);
    const watch = api.watch(api.configMaps, `labelSelector=batch=${batch}&allowWatchBookmarks=true`);
    const events = await watch.until(({ length }) => length === 2);
    expect(typesOf(events)).toEqual(['ADDED', 'BOOKMARK']);
    expect(events[1]?.object.metadata.annotations).toEqual({ [initialEventsEnd]: 'true' });
  },

  'can be taken up again where a bookmark left it': async api => {
    const batch = api.name();
    const query = `labelSelector=batch=${batch}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`;
    const first = api.watch(api.configMaps, query);
    const [mark] = await first.until(({ length }) => length === 1);
    await first.close();
    const { metadata } = await labelled(api, batch);
    const since = mark?.object.metadata.resourceVersion;
    const second = api.watch(api.configMaps, `labelSelector=batch=${batch}&resourceVersion=${since}`);
    expect(changesOf(await second.until(({ length }) => length === 1))).toEqual([`ADDED ${metadata.name}`]);
  },

  'from before all that is remembered is an ERROR 410 Expired in the stream': async api => {
    await api.given(api.widgets);
    const watch = api.watch(api.widgets, 'resourceVersion=1');
    const [event] = await watch.until(({ length }) => length === 1);
    expect(event).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
    expect(event?.object.message).toContain('too old resource version: 1');
    expect(await watch.ended).toBe(200);
  },

  'from a resourceVersion that lies ahead waits in silence': async api => {
    const ahead = Number(await newest(api)) + 1_000_000;
    const watch = api.watch(api.configMaps, `resourceVersion=${ahead}`);
    await api.given(api.configMaps);
    await sleep(500);
    expect(watch.events).toEqual([]);
  },

  'from what is no resourceVersion is refused': async api => {
    const { status, body } = await api.list(api.configMaps, 'watch=true&resourceVersion=soon');
    expect(status).toBe(500);
    expect(body.message).toContain('resourceVersion: Invalid value: "soon"');
    expectRefusal(await api.list(api.configMaps, 'resourceVersion=soon'), 400, 'BadRequest');
  },

  'tells that an object waits for its finalizers, then that it is gone': async api => {
    const finalizers = ['contract.headstart.dev/hold'];
    const { metadata } = await api.given(api.widgets, { metadata: { finalizers } });
    const { name, resourceVersion } = metadata;
    const watch = api.watch(api.widgets, `resourceVersion=${resourceVersion}&fieldSelector=metadata.name=${name}`);
    await api.delete(api.widgets, name);
    await api.merge(api.widgets, name, { metadata: { finalizers: null } });
    const events = await watch.until(seen => seen.some(({ type }) => type === 'DELETED'));
    expect(events[0]?.type).toBe('MODIFIED');
    expect(events[0]?.object.metadata.deletionTimestamp).toMatch(/^\d{4}-/);
  },
};

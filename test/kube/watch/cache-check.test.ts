import { describe, expect, test } from 'vitest';
import { startApiServer } from '../../../src/apiserver/http/api-server.ts';
import { builtInResources } from '../../../src/apiserver/kinds/built-in-resources.ts';
import type { KubeObject as StoredObject } from '../../../src/apiserver/objects/kube-object.ts';
import { ObjectStore } from '../../../src/apiserver/store/object-store.ts';
import { openServer } from '../../../src/kube/http/credentials.ts';
import { openTransport } from '../../../src/kube/http/http-transport.ts';
import { Resource } from '../../../src/kube/resources/resource.ts';
import { deployments } from '../../../src/kube/resources/resource-kind.ts';
import { realTiming, type Timing } from '../../../src/kube/timing.ts';
import { firstCheckMs } from '../../../src/kube/watch/check-pause.ts';
import { Reflector } from '../../../src/kube/watch/reflector.ts';
import type { CacheRepair } from '../../../src/kube/watch/reflector-options.ts';
import { json, type Script, scriptedServer } from '../scripted-server.ts';

/** A hundredth of every pause; deadlines stay real. */
const quick: Timing = { ...realTiming, sleep: (ms, signal) => realTiming.sleep(ms / 100, signal) };

/** "a@4", or "a@4 later" with its label. */
const describeObject = ({ metadata }: Pick<StoredObject, 'metadata'>) =>
  [`${metadata.name}@${metadata.resourceVersion}`, metadata.labels?.at].filter(part => part !== undefined).join(' ');

interface Followed {
  readonly reflector: Reflector<StoredObject, string>;
  readonly changes: string[];
  readonly repairs: CacheRepair[];
  /** How often an object was decoded. */
  decoded(): number;
}

/** Lets a reflector of Deployments follow a server while `use` runs. */
async function following(
  url: string,
  use: (followed: Followed) => Promise<void>,
  checkSeconds: number | undefined = 12,
): Promise<void> {
  const transport = openTransport(openServer(url));
  const changes: string[] = [];
  const repairs: CacheRepair[] = [];
  let decoded = 0;
  const reflector = new Reflector<StoredObject, string>({
    resource: new Resource(transport, deployments) as never,
    project: ({ metadata }) => {
      decoded += 1;
      return describeObject({ metadata });
    },
    onChange: ({ type, name }) => changes.push(`${type} ${name}`),
    onRepair: repair => repairs.push(repair),
    timing: quick,
    ...(checkSeconds === undefined ? {} : { checkSeconds }),
  });
  const stop = new AbortController();
  const running = reflector.run(stop.signal);
  try {
    await reflector.whenSynced(AbortSignal.timeout(5_000));
    await use({ reflector, changes, repairs, decoded: () => decoded });
  } finally {
    stop.abort();
    await running;
    transport.close();
  }
}

describe('a cluster that is restored from a backup', () => {
  async function withStore(use: (store: ObjectStore, url: string) => Promise<void>): Promise<void> {
    const clock = { now: () => 1_800_000_000_000 };
    const store = new ObjectStore({ clock, resources: builtInResources });
    const server = await startApiServer({ store, clock });
    try {
      await use(store, server.url);
    } finally {
      await server.close();
    }
  }
  const create = (store: ObjectStore, name: string) =>
    store.collection('deployments.apps').create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'shop', name },
    } as StoredObject);
  const relabel = (store: ObjectStore, name: string, label: string) => {
    const present = store.collection('deployments.apps').get('shop', name);
    if (present === undefined) throw new Error(`no Deployment ${name}`);
    store.collection('deployments.apps').update({
      ...present,
      metadata: { ...present.metadata, labels: { at: label } },
    });
  };
  const listed = (store: ObjectStore) => store.collection('deployments.apps').list().map(describeObject);

  /** Two objects, a backup, then more changes, then the backup restored. */
  async function restored(use: (store: ObjectStore, followed: Followed) => Promise<void>, checkSeconds?: number) {
    await withStore(async (store, url) => {
      create(store, 'a');
      create(store, 'b');
      const restore = store.backup();
      await following(
        url,
        async followed => {
          create(store, 'c');
          relabel(store, 'a', 'later');
          create(store, 'd');
          await expect.poll(() => followed.reflector.values().length).toBe(4);
          followed.changes.length = 0;
          restore();
          await use(store, followed);
        },
        checkSeconds,
      );
    });
  }

  test('is read again: what came after the backup is undone, told, and the watch goes on from there', async () => {
    await restored(async (store, { reflector, changes, repairs }) => {
      await expect.poll(() => repairs.length).toBe(1);
      expect([...reflector.values()].sort()).toEqual(listed(store));
      expect(changes).toEqual(['Deleted c', 'Deleted d', 'Modified a', 'Modified b']);
      expect(repairs).toEqual([{ differences: 3, examples: ['shop/a', 'shop/c', 'shop/d'], wentBack: true }]);
      expect(reflector.stats).toMatchObject({ differences: 3 });
      create(store, 'e');
      await expect.poll(() => changes.at(-1)).toBe('Added e');
      expect(reflector.stats.failures).toBe(0);
    });
  });

  test('is found by the same version with another content too', async () => {
    await restored(async (store, { reflector, repairs }) => {
      const cached = reflector.get('shop', 'a') ?? '';
      expect(cached).toMatch(/^a@\d+ later$/);
      const version = Number(/\d+/.exec(cached)?.[0]);
      while (store.resourceVersion < version - 1) create(store, `filler-${store.resourceVersion}`);
      relabel(store, 'a', 'other');
      expect(listed(store)).toContain(cached.replace('later', 'other'));
      await expect.poll(() => repairs.length).toBeGreaterThan(0);
      expect([...reflector.values()].sort()).toEqual(listed(store));
    });
  });

  test('is found by a reader that catches up', async () => {
    await restored(async (store, { reflector, repairs }) => {
      await reflector.catchUp();
      expect([...reflector.values()].sort()).toEqual(listed(store));
      expect(repairs).toMatchObject([{ wentBack: true }]);
    }, 1_000_000);
  });
});

describe('a check', () => {
  const object = (name: string, resourceVersion: number) => ({
    metadata: { namespace: 'shop', name, uid: `uid-${name}`, resourceVersion: String(resourceVersion) },
  });
  const line = (type: string, value: object) => `${JSON.stringify({ type, object: value })}\n`;
  const bookmark = (resourceVersion: number, annotations = {}) =>
    line('BOOKMARK', { metadata: { resourceVersion: String(resourceVersion), annotations } });
  const start = (resourceVersion: number, ...objects: readonly object[]) =>
    objects.map(value => line('ADDED', value)).join('') +
    bookmark(resourceVersion, { 'k8s.io/initial-events-end': 'true' });

  /** A server whose watches say these texts in turn, the last for ever, and whose lists hold these objects. */
  function server(watches: readonly string[], resourceVersion: number, ...items: readonly object[]): Script {
    let watched = 0;
    return (asked, response) => {
      if (!asked.query.has('watch'))
        return json(200, { items, metadata: { resourceVersion: String(resourceVersion) } })(asked, response);
      response.writeHead(200).write(watches[Math.min(watched, watches.length - 1)] ?? '\n');
      watched += 1;
    };
  }

  test('of a cache that is right reads pages and decodes nothing', async () => {
    await using api = await scriptedServer(
      server([start(9, object('a', 1), object('b', 2))], 20, object('a', 1), object('b', 2)),
    );
    await following(api.url, async ({ reflector, repairs, decoded }) => {
      await expect.poll(() => reflector.stats.checks).toBe(2);
      expect(decoded()).toBe(2);
      expect(repairs).toEqual([]);
      expect(api.asked.filter(({ query }) => query.get('limit') === '500').length).toBe(2);
      expect(api.asked.filter(({ query }) => query.has('watch')).length).toBe(1);
    });
  });

  test('finds what a watch has swallowed, repairs it and begins the watch anew', async () => {
    const watches = [start(9, object('a', 1), object('gone', 2)) + bookmark(30), '\n'];
    await using api = await scriptedServer(server(watches, 30, object('a', 20), object('new', 21)));
    await following(api.url, async ({ reflector, changes, repairs }) => {
      await expect.poll(() => repairs.length).toBe(1);
      expect(changes.slice(2)).toEqual(['Deleted gone', 'Modified a', 'Added new']);
      expect(repairs[0]).toMatchObject({ differences: 3, wentBack: false });
      expect([...reflector.values()].sort()).toEqual(['a@20', 'new@21']);
      const resumed = () => api.asked.filter(({ query }) => query.get('resourceVersion') === '30');
      await expect.poll(() => resumed().length).toBe(1);
    });
  });

  test('takes no lag of the watch for a difference', async () => {
    let watching: ((text: string) => void) | undefined;
    const items = [object('a', 40)];
    const script: Script = (asked, response) => {
      if (asked.query.has('watch')) {
        watching = text => response.write(text);
        response.writeHead(200).write(start(9, object('a', 1)));
        return;
      }
      json(200, { items, metadata: { resourceVersion: '40' } })(asked, response);
      watching?.(line('MODIFIED', object('a', 40)));
    };
    await using api = await scriptedServer(script);
    await following(api.url, async ({ reflector, repairs }) => {
      await expect.poll(() => reflector.stats.checks).toBe(2);
      expect(reflector.values()).toEqual(['a@40']);
      expect(repairs).toEqual([]);
      expect(reflector.stats.lists).toBe(1);
    });
  });

  test('comes at once when a watch sends what is older than it was asked for', async () => {
    const watches = [`${start(50, object('a', 1))}`, line('MODIFIED', object('a', 30))];
    const lists = server([], 30, object('a', 30));
    let watched = 0;
    const script: Script = (asked, response) => {
      if (!asked.query.has('watch')) return lists(asked, response);
      const text = watches[watched] ?? '\n';
      watched += 1;
      if (watched === 1) response.writeHead(200).end(text);
      else response.writeHead(200).write(text);
    };
    await using api = await scriptedServer(script);
    await following(
      api.url,
      async ({ reflector, repairs }) => {
        await expect.poll(() => repairs.length, { timeout: 5_000 }).toBe(1);
        expect(repairs).toEqual([{ differences: 1, examples: ['shop/a'], wentBack: true }]);
        expect(reflector.values()).toEqual(['a@30']);
      },
      100_000,
    );
  });

  test('that fails is counted, and the cache stays', async () => {
    const script: Script = (asked, response) => {
      if (!asked.query.has('watch'))
        return json(403, { kind: 'Status', code: 403, reason: 'Forbidden' })(asked, response);
      response.writeHead(200).write(start(9, object('a', 1)));
    };
    await using api = await scriptedServer(script);
    await following(api.url, async ({ reflector }) => {
      await expect.poll(() => reflector.stats.failures).toBe(1);
      expect(reflector.values()).toEqual(['a@1']);
      expect(reflector.stats.lastFailure).toContain('403 Forbidden');
    });
  });
});

test('the first checks are spread over kinds and namespaces, and the same at each start', () => {
  const subjects = ['flashsales/', 'scalingtargets/', 'deployments/', 'deployments/shop', 'deployments/other'];
  const pauses = subjects.map(subject => firstCheckMs(subject, 240_000));
  expect(pauses).toEqual(subjects.map(subject => firstCheckMs(subject, 240_000)));
  expect(new Set(pauses.map(ms => Math.round(ms / 1000))).size).toBe(subjects.length);
  for (const ms of pauses) expect(ms >= 48_000 && ms <= 240_000).toBe(true);
});

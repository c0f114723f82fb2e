import { expect, test } from 'vitest';
import { connect } from '../../../src/kube/connect.ts';
import { limitRanges, podKind } from '../../../src/kube/resources/resource-kind.ts';
import { NearWatch } from '../../../src/observe/capacity/near-watch.ts';
import { observeLimitRange } from '../../../src/observe/capacity/observe-limits.ts';
import { json, scriptedServer, status } from '../../kube/scripted-server.ts';

const pod = (name: string) => ({ metadata: { name, namespace: 'shop', uid: name, resourceVersion: '5' } });

/** Serves two pods in `shop`, as a list and as a stream; refuses every other namespace. */
async function withPods(use: (watch: NearWatch<object, string>, asked: readonly { path: string }[]) => Promise<void>) {
  await using server = await scriptedServer((asked, response) => {
    if (!asked.path.includes('/namespaces/shop/')) return status(403, 'Forbidden')(asked, response);
    const items = [pod('a'), pod('b')];
    if (!asked.query.has('watch')) return json(200, { items, metadata: { resourceVersion: '7' } })(asked, response);
    const end = { metadata: { resourceVersion: '7', annotations: { 'k8s.io/initial-events-end': 'true' } } };
    const lines = [...items.map(object => ({ type: 'ADDED', object })), { type: 'BOOKMARK', object: end }];
    response.writeHead(200).write(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  });
  const connection = await connect({ server: server.url });
  const stop = new AbortController();
  const watch = new NearWatch(podKind, object => object.metadata?.name ?? '', { connection, signal: stop.signal });
  try {
    await use(watch as NearWatch<object, string>, server.asked);
  } finally {
    stop.abort();
    connection.close();
  }
}

test('a namespace is watched from the first read on, and not before', async () => {
  await withPods(async (watch, asked) => {
    expect(watch.namespaces).toEqual([]);
    expect(asked).toHaveLength(0);
    expect(watch.read('shop')).toBeUndefined();
    await expect.poll(() => watch.read('shop')).toEqual(['a', 'b']);
    expect(watch.namespaces).toEqual(['shop']);
    expect(asked.every(({ path }) => path === '/api/v1/namespaces/shop/pods')).toBe(true);
  });
});

test('a namespace that is released is forgotten, and may be read again', async () => {
  await withPods(async watch => {
    watch.read('shop');
    await expect.poll(() => watch.read('shop')).toHaveLength(2);
    watch.release('shop');
    expect(watch.namespaces).toEqual([]);
    expect(watch.read('shop')).toBeUndefined();
    await expect.poll(() => watch.read('shop')).toHaveLength(2);
  });
});

test('of a namespace that may not be read nothing is known, and the others are', async () => {
  await withPods(async watch => {
    watch.read('secret');
    watch.read('shop');
    await watch.catchUp();
    expect(watch.read('secret')).toBeUndefined();
    expect(watch.read('shop')).toEqual(['a', 'b']);
  });
});

test('a change of the watched fields is told once: when an object is there, when one changes, when it goes', async () => {
  const range = (resourceVersion: string, cpu: string) => ({
    metadata: { name: 'small', namespace: 'shop', uid: 'small', resourceVersion },
    spec: { limits: [{ type: 'Container', max: { cpu } }] },
  });
  await using server = await scriptedServer((asked, response) => {
    if (!asked.query.has('watch')) return json(200, { items: [], metadata: { resourceVersion: '7' } })(asked, response);
    const end = { metadata: { resourceVersion: '7', annotations: { 'k8s.io/initial-events-end': 'true' } } };
    const lines = [
      { type: 'ADDED', object: range('5', '1') },
      { type: 'BOOKMARK', object: end },
      { type: 'MODIFIED', object: range('8', '1') },
      { type: 'MODIFIED', object: range('9', '2') },
      { type: 'DELETED', object: range('10', '2') },
    ];
    response.writeHead(200).write(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  });
  const connection = await connect({ server: server.url });
  const stop = new AbortController();
  const told: string[] = [];
  const watch = new NearWatch(limitRanges, observeLimitRange, {
    connection,
    signal: stop.signal,
    onChange: ({ type, kind, namespace, name }) => told.push(`${type} ${kind} ${namespace}/${name}`),
    watchedFields: ({ limits }) => limits,
  });
  try {
    watch.read('shop');
    await expect.poll(() => watch.read('shop')).toEqual([]);
    const each = ['Added', 'Modified', 'Deleted'].map(type => `${type} LimitRange shop/small`);
    await expect.poll(() => told).toEqual(each);
  } finally {
    stop.abort();
    connection.close();
  }
});

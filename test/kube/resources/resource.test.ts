import { describe, expect, test } from 'vitest';
import { openServer } from '../../../src/kube/http/credentials.ts';
import { openTransport } from '../../../src/kube/http/http-transport.ts';
import type { Transport } from '../../../src/kube/http/transport.ts';
import { Resource } from '../../../src/kube/resources/resource.ts';
import { autoscalers, deployments, flashSales, namespaces } from '../../../src/kube/resources/resource-kind.ts';
import { formatMicroTime } from '../../../src/kube/resources/wire.ts';
import { json, type Script, type ScriptedServer, scriptedServer, status } from '../scripted-server.ts';

/** What a call sends to a server that follows the scripts, as one line and the parsed body. */
async function ask<T>(scripts: readonly Script[], call: (transport: Transport) => Promise<T>) {
  await using server = await scriptedServer(...scripts);
  const transport = openTransport(openServer(server.url));
  const result = await call(transport).finally(() => transport.close());
  return { result, lines: server.asked.map(toLine), asked: server.asked };
}

function toLine({ method, path, query, headers, body }: ScriptedServer['asked'][number]): string {
  const type = headers['content-type'] === undefined ? '' : ` ${headers['content-type']}`;
  return `${method} ${path}${query.size === 0 ? '' : `?${query}`}${type} ${body}`.trimEnd();
}

const hpa = { namespace: 'shop', name: 'checkout' };
const base = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers';
const answer = json(200, { metadata: hpa });

describe('a verb', () => {
  test.each<[string, (transport: Transport) => Promise<unknown>, string]>([
    ['get', t => new Resource(t, autoscalers).get(hpa), `GET ${base}/checkout`],
    [
      'get of a cluster-wide kind',
      t => new Resource(t, namespaces).get({ name: 'shop' }),
      'GET /api/v1/namespaces/shop',
    ],
    [
      'create',
      t => new Resource(t, flashSales).create({ metadata: { name: 'drop', namespace: 'shop' }, spec: { stock: 1 } }),
      'POST /apis/headstart.dev/v1alpha1/namespaces/shop/flashsales?fieldManager=headstart application/json ' +
        '{"apiVersion":"headstart.dev/v1alpha1","kind":"FlashSale","metadata":{"name":"drop","namespace":"shop"},"spec":{"stock":1}}',
    ],
    [
      'a merge patch under a resourceVersion',
      t => new Resource(t, autoscalers).merge(hpa, { metadata: { resourceVersion: '7' }, spec: { minReplicas: 4 } }),
      `PATCH ${base}/checkout?fieldManager=headstart application/merge-patch+json {"metadata":{"resourceVersion":"7"},"spec":{"minReplicas":4}}`,
    ],
    [
      'a merge patch of the status that is only tried',
      t =>
        new Resource(t, flashSales).merge(hpa, { status: null }, { sub: 'status', dryRun: true, fieldManager: 'me' }),
      'PATCH /apis/headstart.dev/v1alpha1/namespaces/shop/flashsales/checkout/status?fieldManager=me&dryRun=All application/merge-patch+json {"status":null}',
    ],
    [
      'apply, forced, with apiVersion and kind filled in',
      t =>
        new Resource(t, autoscalers).apply({
          metadata: { ...hpa, uid: 'u' },
          spec: { minReplicas: 35, maxReplicas: 53 },
        }),
      `PATCH ${base}/checkout?fieldManager=headstart&force=true application/apply-patch+yaml ` +
        '{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"namespace":"shop","name":"checkout","uid":"u"},"spec":{"minReplicas":35,"maxReplicas":53}}',
    ],
    [
      'apply that gives way',
      t => new Resource(t, autoscalers).apply({ metadata: hpa }, { force: false, dryRun: true }),
      `PATCH ${base}/checkout?fieldManager=headstart&dryRun=All&force=false application/apply-patch+yaml ` +
        '{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"namespace":"shop","name":"checkout"}}',
    ],
    [
      'the scale',
      t => new Resource(t, deployments).getScale(hpa),
      'GET /apis/apps/v1/namespaces/shop/deployments/checkout/scale',
    ],
    [
      'a merge patch of the scale',
      t => new Resource(t, deployments).mergeScale(hpa, { metadata: { uid: 'u' }, spec: { replicas: 9 } }),
      'PATCH /apis/apps/v1/namespaces/shop/deployments/checkout/scale?fieldManager=headstart application/merge-patch+json {"metadata":{"uid":"u"},"spec":{"replicas":9}}',
    ],
    [
      'delete under preconditions',
      t => new Resource(t, flashSales).delete(hpa, { preconditions: { uid: 'u' } }),
      'DELETE /apis/headstart.dev/v1alpha1/namespaces/shop/flashsales/checkout application/json {"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"uid":"u"}}',
    ],
    [
      'a name that would leave its path',
      t => new Resource(t, autoscalers).get({ namespace: 'shop', name: '../../../secrets?x' }),
      `GET ${base}/..%2F..%2F..%2Fsecrets%3Fx`,
    ],
  ])('%s', async (_, call, line) => {
    expect((await ask([answer], call)).lines).toEqual([line]);
  });

  test('of a namespaced kind asks for a namespace', async () => {
    const call = ask([answer], async t => new Resource(t, autoscalers).get({ name: 'checkout' }));
    await expect(call).rejects.toThrow('HorizontalPodAutoscaler checkout needs a namespace');
  });

  test('that is safe to repeat is repeated: an apply, not a merge patch', async () => {
    const busy = status(503, 'ServiceUnavailable');
    const applied = await ask([busy, answer], t => new Resource(t, autoscalers).apply({ metadata: hpa }));
    expect(applied.lines).toHaveLength(2);
    const merged = ask([busy, answer], t => new Resource(t, autoscalers).merge(hpa, {}));
    await expect(merged).rejects.toMatchObject({ status: 503 });
  });
});

test('an answer that is no JSON is an error in words', async () => {
  const page: Script = (_, response) => response.writeHead(200).end('<html>Please log in</html>');
  const get = ask([page], t => new Resource(t, autoscalers).get(hpa));
  await expect(get).rejects.toMatchObject({
    code: 'BAD_ANSWER',
    message: `GET ${base}/checkout: 200, but the answer is no JSON: <html>Please log in</html>`,
  });
});

describe('a list', () => {
  const page = (names: readonly string[], next?: string) =>
    json(200, {
      items: names.map(name => ({ metadata: { name } })),
      metadata: { resourceVersion: '9', continue: next },
    });

  test('is read page by page, each item with the apiVersion and kind that lists leave out', async () => {
    const selection = { namespace: 'shop', labelSelector: 'a=b,c', fieldSelector: 'metadata.name!=x', limit: 2 };
    const { result, asked } = await ask([page(['a', 'b'], 'token='), page(['c'], '')], t =>
      new Resource(t, autoscalers).list(selection),
    );
    expect(result.map(({ kind, apiVersion, metadata }) => [apiVersion, kind, metadata?.name])).toEqual(
      ['a', 'b', 'c'].map(name => ['autoscaling/v2', 'HorizontalPodAutoscaler', name]),
    );
    expect(asked.map(({ query }) => Object.fromEntries(query))).toEqual([
      { labelSelector: 'a=b,c', fieldSelector: 'metadata.name!=x', limit: '2' },
      { labelSelector: 'a=b,c', fieldSelector: 'metadata.name!=x', limit: '2', continue: 'token=' },
    ]);
  });

  test('of nothing is empty, also where a server says null', async () => {
    const { result } = await ask([json(200, { items: null, metadata: {} })], t => new Resource(t, autoscalers).list());
    expect(result).toEqual([]);
  });

  test('whose second page has expired is an error, not half a list', async () => {
    const call = ask([page(['a'], 'more'), status(410, 'Expired')], t => new Resource(t, autoscalers).list());
    await expect(call).rejects.toMatchObject({ status: 410, reason: 'Expired' });
  });
});

test('an instant is written with six digits, as V1MicroTime asks', () => {
  expect(formatMicroTime(Date.parse('2026-11-27T20:00:00.123Z'))).toBe('2026-11-27T20:00:00.123000Z');
});

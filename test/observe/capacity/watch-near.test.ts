import { expect, test } from 'vitest';
import type { SalePlan } from '../../../src/api/sale-plan.ts';
import { connect } from '../../../src/kube/connect.ts';
import { watchNear } from '../../../src/observe/capacity/watch-near.ts';
import type { ClusterChange } from '../../../src/observe/watch-kind.ts';
import { json, scriptedServer } from '../../kube/scripted-server.ts';

const metadata = (name: string) => ({ name, namespace: 'shop', uid: name, resourceVersion: '5' });
const stored: Readonly<Record<string, readonly object[]>> = {
  pods: [{ metadata: metadata('web-1'), status: { phase: 'Pending' } }],
  resourcequotas: [
    { metadata: metadata('peak'), spec: { hard: { pods: '9' } } },
    { metadata: metadata('batch'), spec: { hard: { pods: '1' }, scopes: ['Terminating'] } },
  ],
  limitranges: [{ metadata: metadata('limits'), spec: { limits: [] } }],
};
const plans = [
  {
    spec: { sale: { spec: {} } },
    status: { plan: { prescaleTime: '2026-11-27T18:50:00Z', endTime: '2026-11-27T21:00:00Z' } },
  },
] as unknown as readonly SalePlan[];
const at = (time: string) => Date.parse(`2026-11-${time}Z`);

test('quotas and LimitRanges are read while a sale is known, pods while it is near, and nothing without one', async () => {
  await using server = await scriptedServer((asked, response) => {
    const items = stored[asked.path.split('/').at(-1) ?? ''] ?? [];
    if (!asked.query.has('watch')) return json(200, { items, metadata: { resourceVersion: '7' } })(asked, response);
    const end = { metadata: { resourceVersion: '7', annotations: { 'k8s.io/initial-events-end': 'true' } } };
    const lines = [...items.map(object => ({ type: 'ADDED', object })), { type: 'BOOKMARK', object: end }];
    response.writeHead(200).write(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  });
  const connection = await connect({ server: server.url });
  const stop = new AbortController();
  try {
    const told: string[] = [];
    const onChange = ({ kind, namespace, name }: ClusterChange) => told.push(`${kind} ${namespace}/${name}`);
    const near = watchNear({ connection, signal: stop.signal, onChange });
    expect(near.read('shop', [], at('01T00:00:00'))).toEqual({});
    await near.catchUp();
    expect(server.asked).toHaveLength(0);

    near.read('shop', plans, at('01T00:00:00'));
    await near.catchUp();
    expect(near.read('shop', plans, at('01T00:00:00'))).toEqual({
      quotas: [{ name: 'peak', hard: { pods: '9' }, used: {} }],
      limitRanges: [{ name: 'limits', limits: [] }],
    });

    near.read('shop', plans, at('27T18:00:00'));
    await near.catchUp();
    expect(Object.keys(near.read('shop', plans, at('27T18:00:00')))).toEqual(['pods', 'quotas', 'limitRanges']);
    expect(new Set(told)).toEqual(
      new Set(['ResourceQuota shop/peak', 'ResourceQuota shop/batch', 'LimitRange shop/limits']),
    );

    expect(near.read('shop', plans, at('27T21:00:00'))).toEqual({});
  } finally {
    stop.abort();
    connection.close();
  }
});

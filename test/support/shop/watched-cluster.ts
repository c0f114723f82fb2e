import { expect } from 'vitest';
import { connect } from '../../../src/kube/connect.ts';
import { type ClusterWatch, watchCluster } from '../../../src/observe/watch-cluster.ts';
import type { ClusterChange, WatchClusterOptions } from '../../../src/observe/watch-kind.ts';
import { json, type Script, scriptedServer, status } from '../../kube/scripted-server.ts';
import { flashSale, scalingPolicy, scalingTarget } from './kinds.ts';

/** Metadata of what is stored. */
export const storedMeta = (name: string, namespace = 'marketplace') => ({
  name,
  namespace,
  uid: `uid-${name}`,
  resourceVersion: '5',
});
const stored: Readonly<Record<string, readonly object[]>> = {
  flashsales: [
    { ...flashSale({}), metadata: storedMeta('drop') },
    { ...flashSale({ endTime: 'never' }), metadata: storedMeta('bad') },
  ],
  scalingtargets: [{ ...scalingTarget({}), metadata: storedMeta('checkout') }],
  scalingpolicies: [{ ...scalingPolicy({}), metadata: storedMeta('default', 'other') }],
  saleplans: [],
  horizontalpodautoscalers: [
    {
      metadata: storedMeta('checkout'),
      spec: { maxReplicas: 9, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' } },
    },
  ],
  deployments: [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: storedMeta('checkout'), spec: { replicas: 4 } }],
  statefulsets: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: storedMeta('db'), spec: { replicas: 2 } }],
};

/** Serves what is stored, as lists and as streams; a kind in `broken` is refused. */
function cluster({ broken = [], later = {} }: WatchOptions): Script {
  return (asked, response) => {
    const plural = asked.path.split('/').at(-1) ?? '';
    const items = stored[plural] ?? [];
    if (broken.some(part => `${asked.path}/`.includes(`/${part.replaceAll('/', '')}/`)))
      return status(403, 'Forbidden')(asked, response);
    if (!asked.query.has('watch')) return json(200, { items, metadata: { resourceVersion: '7' } })(asked, response);
    const end = { metadata: { resourceVersion: '7', annotations: { 'k8s.io/initial-events-end': 'true' } } };
    const lines = [...items.map(object => ({ type: 'ADDED', object })), { type: 'BOOKMARK', object: end }];
    for (const part of later[plural] ?? []) lines.push({ type: 'MODIFIED', object: { ...items[0], ...part } });
    response.writeHead(200).write(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  };
}

/** Watches a server that serves what is stored while `use` runs. */
export async function withCluster<T>(
  use: (parts: Awaited<ReturnType<typeof watching>>) => Promise<T>,
  options: WatchOptions = {},
): Promise<T> {
  await using server = await scriptedServer(cluster(options));
  const parts = await watching(server.url, options);
  const stop = new AbortController();
  const running = parts.watch.run(stop.signal);
  try {
    return await use({ ...parts, asked: server.asked });
  } finally {
    stop.abort();
    await running;
    parts.connection.close();
  }
}

interface WatchOptions extends Pick<Partial<WatchClusterOptions>, 'namespaces' | 'patienceMs' | 'timing'> {
  /** Kinds and namespaces that are refused. */
  readonly broken?: readonly string[];
  /** Changes of the first object that follow what is stored, by plural: fields laid over it. */
  readonly later?: Readonly<Record<string, readonly object[]>>;
}

async function watching(url: string, { broken: _, later: __, namespaces = [], ...rest }: WatchOptions) {
  const connection = await connect({ server: url });
  const changes: ClusterChange[] = [];
  const watch = watchCluster({ connection, namespaces, onChange: change => changes.push(change), ...rest });
  return { connection, watch, changes, asked: [] as Awaited<ReturnType<typeof scriptedServer>>['asked'] };
}

/** Waits for all caches, also of the kinds that no target refers to. */
export const everyKind = (watch: ClusterWatch) =>
  expect.poll(() => watch.stats().every(({ synced }) => synced)).toBe(true);

/** A signal that aborts long after any of these caches should be filled. */
export const soon = () => AbortSignal.timeout(30_000);

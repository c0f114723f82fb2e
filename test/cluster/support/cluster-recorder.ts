import { setTimeout as sleep } from 'node:timers/promises';
import type { BoundsSeen, ReadySeen } from '../judge/trace.ts';
import type { KubernetesClient, WatchEvent } from './kubernetes-client.ts';
import type { KubernetesObject, ObjectList } from './kubernetes-object.ts';

/** The record of one namespace since `recordNamespace`, as the judge reads it. */
export interface NamespaceRecord {
  readonly bounds: readonly BoundsSeen[];
  readonly ready: readonly ReadySeen[];
  stop(): Promise<void>;
}

/**
 * Records the HPAs and pods of a namespace; a pod's workload is its label `app`. Survives restarts of the API server.
 */
export async function recordNamespace(client: KubernetesClient, namespace: string): Promise<NamespaceRecord> {
  const bounds: BoundsSeen[] = [];
  const ready: ReadySeen[] = [];
  const readyPods = new Map<string, Set<string>>();
  const over = new AbortController();

  const seeAutoscaler = (autoscaler: KubernetesObject) => {
    const { minReplicas, maxReplicas } = autoscaler.spec as { minReplicas: number; maxReplicas: number };
    const { name } = autoscaler.metadata;
    const last = bounds.findLast(seen => seen.autoscaler === name);
    if (last?.minReplicas === minReplicas && last.maxReplicas === maxReplicas) return;
    bounds.push({ at: Date.now(), autoscaler: name, minReplicas, maxReplicas });
  };
  const seePod = (pod: KubernetesObject, gone: boolean) => {
    const workload = pod.metadata.labels?.app ?? '';
    const pods = readyPods.get(workload) ?? new Set<string>();
    const before = pods.size;
    if (!gone && isReady(pod)) pods.add(pod.metadata.name);
    else pods.delete(pod.metadata.name);
    readyPods.set(workload, pods);
    if (pods.size !== before) ready.push({ at: Date.now(), workload, ready: pods.size });
  };
  const follow = (path: string, see: (object: KubernetesObject, gone: boolean) => void) =>
    followKind(client, path, see, over.signal);

  const following = [
    await follow(`/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`, seeAutoscaler),
    await follow(`/api/v1/namespaces/${namespace}/pods`, seePod),
  ];
  return {
    bounds,
    ready,
    async stop() {
      over.abort();
      await Promise.all(following.map(({ ended }) => ended));
    },
  };
}

/** Lists once before it returns, then watches; after a break it lists again and reports deleted objects. */
async function followKind(
  client: KubernetesClient,
  path: string,
  see: (object: KubernetesObject, gone: boolean) => void,
  signal: AbortSignal,
): Promise<{ readonly ended: Promise<void> }> {
  const known = new Map<string, KubernetesObject>();
  const list = async () => {
    const { status, body } = await client.call('GET', path);
    if (status !== 200) throw new Error(`list ${path}: ${status}`);
    const { items, metadata } = body as ObjectList;
    const names = new Set(items.map(item => item.metadata.name));
    for (const [name, object] of known) if (!names.has(name)) onEvent({ type: 'DELETED', object });
    for (const object of items) onEvent({ type: 'ADDED', object });
    return metadata.resourceVersion;
  };
  const onEvent = ({ type, object }: WatchEvent) => {
    if (type === 'BOOKMARK') return;
    if (type === 'ERROR') throw new Error(`watch ${path}: ${JSON.stringify(object)}`);
    if (type === 'DELETED') known.delete(object.metadata.name);
    else known.set(object.metadata.name, object);
    see(object, type === 'DELETED');
  };
  const watch = async (first: string) => {
    for (let version: string | undefined = first; !signal.aborted; ) {
      try {
        version ??= await list();
        await client.watch(`${path}?watch=true&resourceVersion=${version}&timeoutSeconds=300`, onEvent, signal);
      } catch {
        await sleep(250);
      }
      version = undefined;
    }
  };
  return { ended: watch(await list()) };
}

function isReady(pod: KubernetesObject): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  const conditions = (pod.status?.conditions ?? []) as readonly { readonly type: string; readonly status: string }[];
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

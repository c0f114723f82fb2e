import { setTimeout as sleep } from 'node:timers/promises';
import { applyAll, readLive } from '../support/apply-manifests.ts';
import { type KubernetesClient, until } from '../support/kubernetes-client.ts';
import type { KubernetesObject } from '../support/kubernetes-object.ts';
import { flashSale, gateway, type ScenarioService, scalingPolicy, scalingTarget } from './sale-manifests.ts';
import { shopService } from './shop-service.ts';

/** Replicas that both services of these shops keep outside sales. */
export const restBounds = '4..40';

/** A second service with an HPA of its own, which a sale does not reach. */
const other: ScenarioService = { ...gateway, name: 'other' };

/** A shop in its own namespace: a target `gateway`, and a Deployment with an HPA `other` that no target names. */
export interface HeldShop {
  readonly namespace: string;
  /** The object as the API server has it now. @default name gateway @throws Error when it does not exist */
  read(kind: keyof typeof paths, name?: string): Promise<KubernetesObject>;
  /** The SalePlans of the sale `drop`, by name. */
  salePlans(): Promise<readonly KubernetesObject[]>;
  /** The texts in the row of an object in a table of kubectl get, by column. */
  row(kind: keyof typeof paths, name: string): Promise<Readonly<Record<string, unknown>>>;
  /** `minReplicas..maxReplicas` of an HPA. @default name gateway */
  bounds(name?: string): Promise<string>;
  /** JSON merge patch. @throws Error with the answer, when it is refused */
  patch(kind: keyof typeof paths, name: string, patch: object): Promise<void>;
  delete(kind: keyof typeof paths, name: string): Promise<void>;
  create(object: KubernetesObject): Promise<void>;
  /**
   * Announces the sale `drop` that begins in so many seconds and lasts `lengthSeconds`.
   *
   * @default options: twenty minutes, and nothing more in its spec
   * @returns its start, epoch ms
   */
  announce(
    secondsAhead: number,
    options?: { readonly lengthSeconds?: number; readonly more?: object },
  ): Promise<number>;
  /** Waits until an HPA's bounds are as `accept` wants them. @returns them */
  untilBounds(accept: (bounds: string) => boolean, name?: string, timeoutMs?: number): Promise<string>;
  /**
   * Plays the HPA's part once metrics show that the visitors are gone: few replicas run and are wanted. Without metrics
   * its controller keeps what it wanted last.
   *
   * @default the workload gateway, and an HPA of its name
   */
  scaleDown(name?: string, autoscaler?: string): Promise<void>;
}

const paths = {
  HorizontalPodAutoscaler: ['autoscaling/v2', 'horizontalpodautoscalers'],
  Deployment: ['apps/v1', 'deployments'],
  ScalingTarget: ['headstart.dev/v1alpha1', 'scalingtargets'],
  ScalingPolicy: ['headstart.dev/v1alpha1', 'scalingpolicies'],
  FlashSale: ['headstart.dev/v1alpha1', 'flashsales'],
  SalePlan: ['headstart.dev/v1alpha1', 'saleplans'],
  LimitRange: ['v1', 'limitranges'],
} as const;

/** Applies the shop's objects in a namespace of its own. */
export async function openHeldShop(client: KubernetesClient, namespace: string): Promise<HeldShop> {
  await applyAll(client, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  const services = [gateway, other].flatMap(service => shopService({ ...service, namespace }));
  const target = scalingTarget(gateway, [gateway], namespace);
  await applyAll(client, [scalingPolicy(namespace), ...services, target], { fieldManager: 'gitops' });

  const pathOf = (kind: keyof typeof paths, name: string) => {
    const [apiVersion, plural] = paths[kind];
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    return `${group}/namespaces/${namespace}/${plural}/${name}`;
  };
  const send = async (method: string, path: string, body?: object) => {
    const { status, body: answer } = await client.call(method, path, body, {
      contentType: 'application/merge-patch+json',
    });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
  };
  const read: HeldShop['read'] = (kind, name = gateway.name) =>
    readLive(client, { apiVersion: paths[kind][0], kind, metadata: { name, namespace } });
  const bounds = async (name = gateway.name) => boundsOf(await read('HorizontalPodAutoscaler', name));
  return {
    namespace,
    read,
    bounds,
    patch: (kind, name, patch) => send('PATCH', pathOf(kind, name), patch),
    delete: (kind, name) => send('DELETE', pathOf(kind, name)),
    create: object => applyAll(client, [object], { fieldManager: 'kubectl' }),
    async salePlans() {
      const plans = `${pathOf('SalePlan', '').slice(0, -1)}?labelSelector=headstart.dev%2Fflash-sale%3Ddrop`;
      const { body } = await client.call('GET', plans);
      return (body as { items: readonly KubernetesObject[] }).items;
    },
    async row(kind, name) {
      const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
      const { body } = await client.call('GET', pathOf(kind, name), undefined, { accept });
      const { columnDefinitions, rows } = body as {
        columnDefinitions: readonly { name: string }[];
        rows: readonly { cells: readonly unknown[] }[];
      };
      return Object.fromEntries(columnDefinitions.map((column, nth) => [column.name, rows[0]?.cells[nth]]));
    },
    async announce(secondsAhead, { lengthSeconds = 20 * 60, more = {} } = {}) {
      const start = Math.ceil(Date.now() / 1000 + secondsAhead) * 1000;
      const sale = { name: 'drop', start, end: start + lengthSeconds * 1000, peakPercent: 800 };
      const announced = flashSale(sale, namespace, 800);
      await applyAll(client, [{ ...announced, spec: { ...announced.spec, ...more } }], {
        fieldManager: 'merchandiser',
      });
      return start;
    },
    untilBounds: (accept, name = gateway.name, timeoutMs = 90_000) =>
      until(`bounds of ${namespace}/${name}`, timeoutMs, () => bounds(name), accept),
    async scaleDown(name = gateway.name, autoscaler = name) {
      await send('PATCH', `${pathOf('Deployment', name)}/scale`, { spec: { replicas: 4 } });
      await sleep(500);
      const status = { currentReplicas: 4, desiredReplicas: 4 };
      await send('PATCH', `${pathOf('HorizontalPodAutoscaler', autoscaler)}/status`, { status });
    },
  };
}

/** `minReplicas..maxReplicas` of an HPA. */
export function boundsOf({ spec }: KubernetesObject): string {
  return `${spec?.minReplicas}..${spec?.maxReplicas}`;
}

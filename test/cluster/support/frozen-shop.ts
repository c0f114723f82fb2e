import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { unpackKubectl } from '../../support/kubectl/unpack-kubectl.ts';
import { namespaceOf } from './approval-requests.ts';
import { type Answer, type KubernetesClient, until } from './kubernetes-client.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

/** Namespace whose policy states a freeze. */
export const frozenNamespace = 'frozen';
/** Namespace without a ScalingPolicy. */
export const freeNamespace = 'free';

/** The kinds of workloads, and what they are called in paths. */
export const plurals = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' } as const;

type Kind = keyof typeof plurals;

/** A policy that freezes from an hour before a sale until `afterSeconds` after it, and names a channel. */
export const freezingPolicy = (afterSeconds: number): KubernetesObject => ({
  apiVersion: 'headstart.dev/v1alpha1',
  kind: 'ScalingPolicy',
  metadata: { name: 'default', namespace: frozenNamespace },
  spec: { freeze: { beforeSeconds: 3600, afterSeconds }, notify: { channel: 'shop' } },
});

/** A sale that runs from a minute before `now` to `end`, epoch ms. */
export const runningSale = (now: number, end: number): KubernetesObject => ({
  apiVersion: 'headstart.dev/v1alpha1',
  kind: 'FlashSale',
  metadata: { name: 'drop', namespace: frozenNamespace },
  spec: { startTime: new Date(now - 60_000).toISOString(), endTime: new Date(end).toISOString() },
});

/** A target that is only watched, so that the sale has somewhere to enter. */
export const watchedTarget: KubernetesObject = {
  apiVersion: 'headstart.dev/v1alpha1',
  kind: 'ScalingTarget',
  metadata: { name: 'deployment', namespace: frozenNamespace },
  spec: {
    workloadRef: { name: 'deployment' },
    mode: 'ForecastOnly',
    entryPoint: true,
    baseline: { minReplicas: 1, maxReplicas: 2 },
    ceiling: 4,
    capacityPerReplica: '45',
    demand: { query: 'sum(rate(requests_total[1m]))' },
  },
};

/** A workload of one pod with an image; a DaemonSet has no replicas. */
export function workload(
  kind: Kind,
  { image, namespace = frozenNamespace }: { readonly image: string; readonly namespace?: string },
): KubernetesObject {
  const labels = { app: kind.toLowerCase() };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: kind.toLowerCase(), namespace },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas: 1 }),
      ...(kind === 'StatefulSet' ? { serviceName: 'none' } : {}),
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', image: `shop.example/cart:${image}` }] },
      },
    },
  };
}

/** A merge patch of a Deployment's image. */
export const imagePatch = (image: string) => ({
  spec: { template: { spec: { containers: [{ name: 'main', image: `shop.example/cart:${image}` }] } } },
});

/** A merge patch that restarts the pods, as `kubectl rollout restart` sends it. */
export const restart = {
  spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' } } } },
};

/** A real kubectl; undefined where none is packed. */
export const kubectl = unpackKubectl();

/** Runs it in the namespace. @throws Error with its output, when it fails */
export async function runKubectl(cluster: { readonly kubeconfig: string }, ...args: readonly string[]): Promise<void> {
  const own = ['--kubeconfig', cluster.kubeconfig, '-n', frozenNamespace, ...args];
  await promisify(execFile)(kubectl ?? 'kubectl', own);
}

/** Both namespaces, with workloads whose first image has been replaced once. */
export const frozenWorkloads = (image: string): readonly KubernetesObject[] => [
  ...(image === '1' ? [frozenNamespace, freeNamespace].map(namespaceOf) : []),
  ...(['Deployment', 'StatefulSet', 'DaemonSet'] as const).map(kind => workload(kind, { image })),
  workload('Deployment', { image, namespace: freeNamespace }),
];

/** What the operator says of the freeze. */
export interface Flag {
  readonly active: boolean;
  readonly since?: string;
  readonly until?: string;
}

const merge = 'application/merge-patch+json';

/** The requests of people and pipelines on the workloads. */
export class FrozenShop {
  readonly #client: KubernetesClient;

  constructor(client: KubernetesClient) {
    this.#client = client;
  }

  patch(kind: Kind, body: object, { namespace = frozenNamespace, sub = '', dryRun = false } = {}): Promise<Answer> {
    const query = dryRun ? '?dryRun=All' : '';
    return this.#client.call('PATCH', `${address(kind, namespace)}${sub}${query}`, body, { contentType: merge });
  }

  create(object: KubernetesObject): Promise<Answer> {
    return this.#client.call('POST', `/apis/apps/v1/namespaces/${frozenNamespace}/deployments`, object);
  }

  patchOurs(object: string, body: object): Promise<Answer> {
    return this.#client.call('PATCH', ours(object), body, { contentType: merge });
  }

  async flag(): Promise<Flag> {
    const { body } = await this.#client.call('GET', ours('scalingpolicies/default'));
    return (body as { status?: { freeze?: Flag } }).status?.freeze ?? { active: false };
  }

  untilFlag(accept: (flag: Flag) => boolean): Promise<Flag> {
    return until('the flag', 120_000, () => this.flag(), accept);
  }

  /** Waits until the Deployment controller has made a revision. */
  untilRevision(revision: string): Promise<unknown> {
    return until(
      `revision ${revision}`,
      60_000,
      () => this.#client.call('GET', address('Deployment', frozenNamespace)),
      ({ body }) => (body as KubernetesObject).metadata.annotations?.['deployment.kubernetes.io/revision'] === revision,
    );
  }

  /** The image of the Deployment. */
  async image(): Promise<string | undefined> {
    const { body } = await this.#client.call('GET', address('Deployment', frozenNamespace));
    const { spec } = body as { spec: { template: { spec: { containers: { image: string }[] } } } };
    return spec.template.spec.containers[0]?.image;
  }
}

function address(kind: Kind, namespace: string): string {
  return `/apis/apps/v1/namespaces/${namespace}/${plurals[kind]}/${kind.toLowerCase()}`;
}

function ours(object: string): string {
  return `/apis/headstart.dev/v1alpha1/namespaces/${frozenNamespace}/${object}`;
}

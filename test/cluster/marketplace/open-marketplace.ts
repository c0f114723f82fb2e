import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onKwokNodes } from '../control-plane/kwok-nodes.ts';
import { type ControlPlane, startControlPlane } from '../control-plane/start-control-plane.ts';
import { applyAll, readManifests } from '../support/apply-manifests.ts';
import { type KubernetesClient, until } from '../support/kubernetes-client.ts';
import { conditionOf, type KubernetesObject, type ObjectList } from '../support/kubernetes-object.ts';
import { synthesizeManifests } from './synthesize-manifests.ts';

const thirdParty = '../shared/third-party-crds';
/**
 * Whether the CRDs of other projects are present; without them, objects of their kinds are left out of every folder.
 */
export const hasThirdParty = existsSync(thirdParty);
const ofKubernetesAndOurs =
  /^(v1|(apps|autoscaling|policy|admissionregistration\.k8s\.io|networking\.k8s\.io|rbac\.authorization\.k8s\.io|scheduling\.k8s\.io|headstart\.dev)\/.*)$/;

/** Groups of other projects whose CRDs that folder does not have; their objects are left out. */
const unpublished = ['barmancloud.cnpg.io/v1'];

/** A control plane with all CRDs, and the manifests synthesized from a shop's facts, none of them applied. */
export interface Marketplace {
  readonly cluster: ControlPlane;
  /** Folder of the manifests. */
  readonly folder: string;
  /**
   * The objects of a file or folder of the synthesized manifests, those of an environment with its namespace, namespaces
   * and quotas first; pods run on simulated nodes.
   */
  manifests(name: string): readonly KubernetesObject[];
  stop(): Promise<void>;
}

/**
 * Opens a control plane with the manifests of a shop.
 *
 * @param synthesizeInto writes them to a folder @default those of our own facts
 */
export async function openMarketplace(
  synthesizeInto: (folder: string) => Promise<void> = synthesizeManifests,
): Promise<Marketplace> {
  const folder = await mkdtemp(path.join(tmpdir(), 'headstart-marketplace-'));
  await synthesizeInto(folder);
  const cluster = await startControlPlane();
  const definitions = [...globSync('crds/*.yaml'), ...(hasThirdParty ? globSync(`${thirdParty}/*/*.yaml`) : [])];
  await applyAll(cluster.client, definitions.sort().flatMap(readManifests));
  await until(
    'all kinds are served',
    60_000,
    () => countUnestablished(cluster.client),
    count => count === 0,
  );
  return {
    cluster,
    folder,
    manifests: name => readSynthesized(folder, name),
    async stop() {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads the objects of a file or folder of synthesized manifests, as a Marketplace returns them. */
export function readSynthesized(folder: string, name: string): readonly KubernetesObject[] {
  return (name.endsWith('.yaml') ? [name] : [`namespaces/${name}/*.yaml`, `${name}/**/*.yaml`])
    .flatMap(pattern => globSync(path.join(folder, pattern)).sort())
    .flatMap(readManifests)
    .filter(object => !unpublished.includes(object.apiVersion))
    .filter(object => hasThirdParty || ofKubernetesAndOurs.test(object.apiVersion))
    .map(onPlayedNodes)
    .sort((a, b) => rankOf(a) - rankOf(b));
}

/** Waits until every Deployment of a namespace has as many Ready pods as it requests. */
export async function untilPodsReady(client: KubernetesClient, namespace: string): Promise<void> {
  await until(
    `the pods of ${namespace}`,
    180_000,
    async () => {
      const { body } = await client.call('GET', `/apis/apps/v1/namespaces/${namespace}/deployments`);
      return (body as ObjectList).items.filter(isShort).map(({ metadata }) => metadata.name);
    },
    names => names.length === 0,
  );
}

function isShort({ spec, status }: KubernetesObject): boolean {
  return Number(status?.readyReplicas ?? 0) < Number(spec?.replicas);
}

function rankOf({ kind }: KubernetesObject): number {
  const order = ['Namespace', 'ResourceQuota', 'LimitRange'];
  return order.includes(kind) ? order.indexOf(kind) : order.length;
}

function onPlayedNodes(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet') return object;
  const { spec } = object as unknown as { spec: { template: { spec: object } } };
  return {
    ...object,
    spec: { ...spec, template: { ...spec.template, spec: { ...spec.template.spec, ...onKwokNodes } } },
  };
}

async function countUnestablished(client: KubernetesClient): Promise<number> {
  const { body } = await client.call('GET', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
  return (body as ObjectList).items.filter(object => conditionOf(object, 'Established')?.status !== 'True').length;
}

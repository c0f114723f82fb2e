import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeServiceAccountKubeconfig } from '../control-plane/service-account-kubeconfig.ts';
import { startResourceMetricsServer } from '../metrics/resource-metrics-server.ts';
import { type Prometheus, startPrometheus } from '../metrics/start-prometheus.ts';
import { operatorAccount } from '../sale/install-operator.ts';
import { startOperatorWith } from '../sale/start-operator.ts';
import { applyAll } from '../support/apply-manifests.ts';
import type { KubernetesObject } from '../support/kubernetes-object.ts';
import { argoCd, syncAsArgoCd } from './argo-cd-sync.ts';
import { marketplaceDemand } from './marketplace-demand.ts';
import { type Marketplace, openMarketplace, untilPodsReady } from './open-marketplace.ts';
import { settingsOf } from './operator-settings.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** A sale that the traffic contains, whoever announces it. */
export interface SaleAhead {
  readonly environment: string;
  /** Milliseconds from the operator's start to the sale's start. */
  readonly inMs: number;
  readonly lengthMs: number;
  readonly factor: number;
}

/**
 * Environments of the synthesized manifests with their pods, and the operator of install.yaml, which serves all of
 * them.
 */
export interface LiveMarketplace extends Marketplace {
  readonly environments: readonly string[];
  /** Path of a kubeconfig of the operator's ServiceAccount. */
  readonly operatorKubeconfig: string;
  /** Epoch ms. */
  readonly sale: { readonly start: number; readonly end: number };
}

/**
 * Applies the environments like Argo CD, without the floor guard, and starts the operator once their pods are Ready.
 */
export async function openLiveMarketplace(environments: readonly string[], ahead: SaleAhead): Promise<LiveMarketplace> {
  const marketplace = await openMarketplace();
  const { cluster, manifests } = marketplace;
  const { client, own } = cluster;
  const closing = [() => marketplace.stop()];
  const stop = async () => {
    for (const close of closing) await close();
  };
  try {
    if (own === undefined) throw new Error('the sale needs our own control plane: its audit log and its loopback');
    const metrics = await startResourceMetricsServer({ client, certificate: own.certificate, cpuMillicores: 10 });
    closing.push(() => metrics.stop());
    await bringUp(marketplace, environments);
    await untilNoHourStrikes(ahead.inMs + ahead.lengthMs);
    const start = Math.ceil((Date.now() + ahead.inMs) / second) * second;
    const sale = { start, end: start + ahead.lengthMs };
    const prometheus = await startTraffic(marketplace, environments, { ...ahead, ...sale });
    closing.unshift(() => prometheus.stop());
    const kubeconfig = path.join(cluster.folder, 'operator.kubeconfig');
    await writeServiceAccountKubeconfig(cluster, operatorAccount, kubeconfig);
    const settings = settingsOf(manifests('install.yaml'), { prometheus: { url: prometheus.url } });
    const operator = startOperatorWith({ folder: cluster.folder, name: 'marketplace', kubeconfig, settings });
    closing.unshift(() => operator.stop('SIGKILL'));
    return { ...marketplace, environments, operatorKubeconfig: kubeconfig, sale, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Tells whether an object belongs to the MutatingAdmissionPolicy that keeps raised bounds up. */
export function isFloorGuard({ metadata }: KubernetesObject): boolean {
  return metadata.name.startsWith('headstart-floor-guard');
}

/** Applies the environments. @throws Error naming every manifest that the API server refuses */
async function bringUp({ cluster, manifests }: Marketplace, environments: readonly string[]): Promise<void> {
  const { client } = cluster;
  const platform = ['cluster', 'install.yaml'].flatMap(manifests).filter(object => !isFloorGuard(object));
  await applyAll(client, platform, { fieldManager: argoCd });
  for (const name of environments) {
    const refused = await syncAsArgoCd(client, manifests(name));
    if (refused.length > 0) throw new Error(`${name}: ${refused.join('\n')}`);
  }
  const namespaces = environments.map(name => manifests(name).find(({ kind }) => kind === 'Namespace')?.metadata.name);
  await Promise.all(namespaces.map(namespace => untilPodsReady(client, namespace ?? '')));
}

/**
 * Waits until no full hour falls into the sale: idle statuses are written at full hours, which would change the
 * compared bytes. Prometheus must start first and the snapshots take time, a minute or two more than the sale on a busy
 * machine.
 */
async function untilNoHourStrikes(saleMs: number): Promise<void> {
  const left = hour - (Date.now() % hour);
  if (left < saleMs + 2 * minute) await sleep(left + second);
}

/** Starts Prometheus with five minutes of traffic, like a preview created today: too little for a model. */
function startTraffic(
  { cluster, manifests }: Marketplace,
  environments: readonly string[],
  sale: SaleAhead & { readonly start: number; readonly end: number },
): Promise<Prometheus> {
  const targets = environments.map(name => manifests(name).filter(({ kind }) => kind === 'ScalingTarget'));
  const counters = targets.flatMap((ofOne, index) =>
    marketplaceDemand({
      targets: ofOne,
      entryDemand: 40,
      from: Date.now() - 5 * minute,
      until: sale.end + 15 * minute,
      ...(environments[index] === sale.environment ? { sale } : {}),
    }),
  );
  return startPrometheus(
    path.join(cluster.folder, 'prometheus'),
    Object.fromEntries(Map.groupBy(counters, ({ family }) => family)),
  );
}

import { type StandIn, startStandIn } from '../../support/metric-stores/metric-store.ts';
import { prometheusDialect } from '../../support/metric-stores/prometheus-dialect.ts';
import type { ChildProcess } from '../control-plane/child-process.ts';
import { type ControlPlane, startControlPlane } from '../control-plane/start-control-plane.ts';
import { readAnswers, readSpecWrites } from '../support/read-audit-log.ts';
import { type HeldShop, openHeldShop } from './held-shop.ts';
import { installOperator, operatorAccount } from './install-operator.ts';
import { operatorUser } from './sale-stage.ts';
import { startOperatorWith } from './start-operator.ts';

/** A control plane of our own with shops, each in its own namespace, and what an operator for all of them needs. */
export interface HeldStage {
  readonly cluster: ControlPlane;
  /** Certificate and key of the API server. */
  readonly certificate: { readonly cert: string; readonly key: string };
  shop(name: string): HeldShop;
  /**
   * Starts a replica of the operator under a name of its own; all of them share one Lease.
   *
   * @param metrics where it serves its metrics, as 127.0.0.1:1234 @default off
   */
  launch(name: string, metrics?: string): ChildProcess;
  /** Answers to the operator's patches of HPAs in a shop, oldest first. */
  patchAnswers(shop: HeldShop): readonly number[];
  /** The operator's successful writes of HPAs in a shop. */
  writes(shop: HeldShop): number;
  stop(): Promise<void>;
}

/**
 * Opens the stage. Demand comes from a stand-in of Prometheus that answers 200 requests a second to every query, and
 * the HPAs have no metrics, so that they keep their replicas within the bounds and do nothing else.
 */
export async function openHeldStage(names: readonly string[]): Promise<HeldStage> {
  const cluster = await startControlPlane();
  const operators: ChildProcess[] = [];
  let store: StandIn | undefined;
  const stop = async () => {
    for (const operator of operators) await operator.stop('SIGKILL');
    await store?.close();
    await cluster.stop();
  };
  try {
    const { own, client, folder } = cluster;
    if (own === undefined) throw new Error('it needs our own control plane: its audit log and its loopback');
    const kubeconfig = await installOperator(cluster);
    store = await startStandIn(prometheusDialect, () => 200);
    const { url } = store;
    const shops = new Map<string, HeldShop>();
    for (const name of names) shops.set(name, await openHeldShop(client, name));
    return {
      cluster,
      certificate: own.certificate,
      shop(name) {
        const shop = shops.get(name);
        if (shop === undefined) throw new Error(`no shop ${name}`);
        return shop;
      },
      launch(name, metrics = 'off') {
        const settings = {
          sources: { prometheus: { type: 'prometheus', url } },
          leaderElection: { namespace: operatorAccount.namespace },
          listen: { health: 'off', metrics },
        };
        const operator = startOperatorWith({ folder, name, kubeconfig, settings });
        operators.push(operator);
        return operator;
      },
      patchAnswers: ({ namespace }) =>
        readAnswers(own.auditLog, { user: operatorUser, resource: 'horizontalpodautoscalers', namespace })
          .filter(({ verb }) => verb === 'patch')
          .map(({ code }) => code),
      writes: ({ namespace }) =>
        readSpecWrites(own.auditLog, namespace).filter(
          ({ user, resource }) => user === operatorUser && resource === 'horizontalpodautoscalers',
        ).length,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Whether bounds, written `4..40`, stand at what the sale `drop` needs instead of at rest. */
export function isRaised(bounds: string): boolean {
  return Number(bounds.split('..')[0]) >= 12;
}

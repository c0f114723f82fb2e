import path from 'node:path';
import { type ControlPlane, startControlPlane } from '../control-plane/start-control-plane.ts';
import { demandHistory } from '../history/world-cup-history.ts';
import type { AggregatedApi } from '../metrics/aggregated-api.ts';
import { startExternalMetricsServer } from '../metrics/external-metrics-server.ts';
import { type Prometheus, startPrometheus } from '../metrics/start-prometheus.ts';
import { installOperator, operatorAccount } from './install-operator.ts';
import { demandQuery } from './sale-manifests.ts';
import type { Stage } from './sale-scenario.ts';
import { demandMetric } from './shop-service.ts';

/** The only writer that the audit log may contain. */
export const operatorUser = `system:serviceaccount:${operatorAccount.namespace}:${operatorAccount.name}`;

/** A running stage for scenarios, with a function that stops it. */
export interface OpenStage extends Stage {
  /** Sets the URL for the HPA controller's metrics of a namespace; initially Prometheus itself. */
  askThrough(namespace: string, url: string): void;
  stop(): Promise<void>;
}

/**
 * Opens a control plane with the operator's own manifests, Prometheus filled so that the sale begins in `minutesAhead`
 * or a little later, on a full minute, and the metrics that the HPA controller reads.
 *
 * @param shares the services' shares (0–1) of the gateway's demand, by name
 */
export async function openStage(shares: Readonly<Record<string, number>>, minutesAhead: number): Promise<OpenStage> {
  const cluster = await startControlPlane();
  const { own } = cluster;
  if (own === undefined) throw new Error('the sale needs our own control plane: its audit log and its loopback');
  const closing: (() => Promise<void>)[] = [() => cluster.stop()];
  const stop = async () => {
    for (const close of closing.toReversed()) await close();
  };
  try {
    const operatorKubeconfig = await installOperator(cluster);
    const t0 = Math.ceil(Date.now() / 60_000 + minutesAhead) * 60_000;
    const history = demandHistory({ t0 });
    process.stderr.write(`traffic: ${history.origin}; peak ${history.sale.peakPercent} %\n`);
    const prometheus = await fillPrometheus(cluster, history.demand, shares);
    closing.push(() => prometheus.stop());
    const sourceUrls = new Map<string, string>();
    const metrics = await serveMetrics(
      cluster,
      own.certificate,
      namespace => sourceUrls.get(namespace) ?? prometheus.url,
    );
    closing.push(() => metrics.stop());
    return {
      cluster,
      history,
      prometheusUrl: prometheus.url,
      operatorKubeconfig,
      operatorNamespace: operatorAccount.namespace,
      askThrough: (namespace, url) => sourceUrls.set(namespace, url),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function fillPrometheus(
  { folder }: ControlPlane,
  demand: Stage['history']['demand'],
  shares: Readonly<Record<string, number>>,
): Promise<Prometheus> {
  const counters = Object.entries(shares).map(([service, share]) => ({
    labels: { service },
    rate: { ...demand, values: demand.values.map(value => (value === null ? null : value * share)) },
  }));
  return startPrometheus(path.join(folder, 'prometheus'), { http_requests: counters });
}

function serveMetrics(
  { client }: ControlPlane,
  certificate: { readonly cert: string; readonly key: string },
  urlOf: (namespace: string) => string,
): Promise<AggregatedApi> {
  return startExternalMetricsServer({
    client,
    certificate,
    source: (namespace, metric, labels) => {
      const [, service] = labels.match(/^service=(.+)$/) ?? [];
      if (metric !== demandMetric || service === undefined) return undefined;
      return { url: urlOf(namespace), query: demandQuery(service) };
    },
  });
}

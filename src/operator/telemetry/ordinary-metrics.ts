import { Gauge, type Registry } from 'prom-client';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import type { Sample } from './namespace-series.ts';

/** Metrics of what raising ordinary peaks saves and costs. */
export interface OrdinaryMetrics {
  readonly ordinaryReplicaHours: Gauge<'namespace' | 'target'>;
  readonly ordinaryShortSeconds: Gauge<'namespace' | 'target' | 'by'>;
}

/** Registers the metrics of ordinary peaks in a registry. */
export function createOrdinaryMetrics(registry: Registry): OrdinaryMetrics {
  const registers = [registry];
  return {
    ordinaryReplicaHours: new Gauge({
      name: 'headstart_ordinary_peaks_replica_hours',
      help: 'Replica-hours of the newest seven days that raising ordinary peaks added to the HPA alone, by simulation; absent without ordinaryPeaks.',
      labelNames: ['namespace', 'target'],
      registers,
    }),
    ordinaryShortSeconds: new Gauge({
      name: 'headstart_ordinary_peaks_short_seconds',
      help: 'Seconds of the newest seven days with fewer ready replicas than demand needed, by simulation: with ordinary peaks raised (by headstart) and with the HPA alone (by hpa).',
      labelNames: ['namespace', 'target', 'by'],
      registers,
    }),
  };
}

/** Returns the samples of one target, as its status tells them. */
export function ordinarySamples(
  metrics: OrdinaryMetrics,
  namespace: string,
  { metadata, status }: Pick<ScalingTarget, 'metadata' | 'status'>,
): readonly Sample[] {
  const week = status?.ordinaryPeaks;
  if (week === undefined) return [];
  const labels = { namespace, target: metadata.name };
  return [
    { gauge: metrics.ordinaryReplicaHours, labels, value: week.replicaHours },
    { gauge: metrics.ordinaryShortSeconds, labels: { ...labels, by: 'headstart' }, value: week.secondsShort },
    { gauge: metrics.ordinaryShortSeconds, labels: { ...labels, by: 'hpa' }, value: week.secondsShortAlone },
  ];
}

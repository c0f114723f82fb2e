import { isMissing } from '../../api/missing.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Metrics } from './metrics.ts';

interface TargetLabels {
  readonly namespace: string;
  readonly target: string;
}

/** Sets the series of every target of a namespace to what was just observed and planned. */
export function setTargetMetrics(
  metrics: Metrics,
  namespace: string,
  { observation, plan }: { readonly observation: Observation; readonly plan: Plan },
): void {
  for (const { target, bounds, floor, expected } of plan.targets) {
    const labels = { namespace, target };
    metrics.floor.set(labels, floor ?? 0);
    metrics.minReplicas.set(labels, bounds.minReplicas);
    metrics.maxReplicas.set(labels, bounds.maxReplicas);
    removeForecast(metrics, labels);
    if (expected === undefined) continue;
    metrics.forecast.set({ ...labels, level: '0.5' }, expected.forecast);
    metrics.forecast.set({ ...labels, level: '0.95' }, expected.upper);
  }
  for (const { target, demand } of observation.targets) {
    const labels = { namespace, target: target.metadata.name };
    const newest = isMissing(demand) ? undefined : demand.recent.values.findLast(value => value !== null);
    metrics.demand.remove(labels);
    metrics.demandAgeSeconds.remove(labels);
    metrics.demandLatenessSeconds.remove(labels);
    if (newest !== undefined && newest !== null) metrics.demand.set(labels, newest);
    if (isMissing(demand)) continue;
    metrics.demandAgeSeconds.set(labels, demand.ageSeconds);
    if (demand.latenessSeconds !== undefined) metrics.demandLatenessSeconds.set(labels, demand.latenessSeconds);
  }
}

/** Takes the series of a target that is gone away. */
export function removeTargetMetrics(metrics: Metrics, labels: TargetLabels): void {
  const { floor, minReplicas, maxReplicas, demand, demandAgeSeconds, demandLatenessSeconds } = metrics;
  for (const gauge of [floor, minReplicas, maxReplicas, demand, demandAgeSeconds, demandLatenessSeconds])
    gauge.remove({ ...labels });
  removeForecast(metrics, labels);
}

function removeForecast({ forecast }: Metrics, labels: TargetLabels): void {
  for (const level of ['0.5', '0.95']) forecast.remove({ ...labels, level });
}

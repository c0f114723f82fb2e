import { Gauge, type Registry } from 'prom-client';
import type { SalePlan } from '../../api/sale-plan.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Sample } from './namespace-series.ts';
import { createOrdinaryMetrics, type OrdinaryMetrics } from './ordinary-metrics.ts';

/** Metrics of how right forecasts were: of seven days, and of the newest reviewed sale of each FlashSale. */
export interface AccuracyMetrics extends OrdinaryMetrics {
  readonly forecastWape: Gauge<'namespace' | 'target' | 'horizon'>;
  readonly forecastBias: Gauge<'namespace' | 'target' | 'horizon'>;
  readonly forecastCoverage: Gauge<'namespace' | 'target' | 'horizon' | 'level'>;
  readonly saleForecastWape: Gauge<'namespace' | 'sale' | 'target'>;
  readonly saleForecastBias: Gauge<'namespace' | 'sale' | 'target'>;
  readonly saleForecastCoverage: Gauge<'namespace' | 'sale' | 'target' | 'level'>;
}

/** Registers the metrics of accuracy in a registry. */
export function createAccuracyMetrics(registry: Registry): AccuracyMetrics {
  const registers = [registry];
  const days = ['namespace', 'target', 'horizon'] as const;
  const sales = ['namespace', 'sale', 'target'] as const;
  return {
    ...createOrdinaryMetrics(registry),
    forecastWape: new Gauge({
      name: 'headstart_forecast_wape_ratio',
      help: 'Mean error of P50 over the mean demand in the newest seven days, all together (horizon all) and by the hours ahead (1, 6, 24).',
      labelNames: days,
      registers,
    }),
    forecastBias: new Gauge({
      name: 'headstart_forecast_bias_ratio',
      help: 'Mean of P50 minus demand over the mean demand in the newest seven days; above 0 when the forecast was too high.',
      labelNames: days,
      registers,
    }),
    forecastCoverage: new Gauge({
      name: 'headstart_forecast_coverage_ratio',
      help: 'Share of the newest seven days with demand at or below P50 (level 0.5) and P95 (0.95); horizon recent: P95 of the newest two days.',
      labelNames: [...days, 'level'],
      registers,
    }),
    saleForecastWape: new Gauge({
      name: 'headstart_sale_forecast_wape_ratio',
      help: 'Mean error of P50 over the mean demand in the newest reviewed date of a sale.',
      labelNames: sales,
      registers,
    }),
    saleForecastBias: new Gauge({
      name: 'headstart_sale_forecast_bias_ratio',
      help: 'Mean of P50 minus demand over the mean demand in the newest reviewed date of a sale.',
      labelNames: sales,
      registers,
    }),
    saleForecastCoverage: new Gauge({
      name: 'headstart_sale_forecast_coverage_ratio',
      help: 'Share of the newest reviewed date of a sale with demand at or below P50 (level 0.5) and P95 (0.95).',
      labelNames: [...sales, 'level'],
      registers,
    }),
  };
}

/** Shares by quantile level; undefined where nothing was measured. */
interface Percentages {
  readonly wapePercent?: number | undefined;
  readonly biasPercent?: number | undefined;
  readonly medianCoveragePercent?: number | undefined;
  readonly coveragePercent?: number | undefined;
}

/** Returns the samples of the seven days of one target, as its status tells them. */
export function accuracySamples(
  metrics: AccuracyMetrics,
  namespace: string,
  { metadata, status }: Pick<ScalingTarget, 'metadata' | 'status'>,
): readonly Sample[] {
  const { accuracy } = status ?? {};
  if (accuracy === undefined) return [];
  const target = metadata.name;
  const gauges = { wape: metrics.forecastWape, bias: metrics.forecastBias, coverage: metrics.forecastCoverage };
  const rows = [
    { horizon: 'all', ...accuracy },
    ...(accuracy.horizons ?? []).map(one => ({ horizon: String(one.hours), ...one })),
  ];
  return [
    ...rows.flatMap(({ horizon, ...row }) => samplesOf(gauges, { namespace, target, horizon }, row)),
    ...samplesOf(gauges, { namespace, target, horizon: 'recent' }, { coveragePercent: accuracy.recentCoveragePercent }),
  ];
}

/** Returns the samples of the newest reviewed SalePlan of each sale, of the targets that are still there. */
export function saleAccuracySamples(
  metrics: AccuracyMetrics,
  { namespace, targets, salePlans }: Pick<Observation, 'namespace' | 'targets' | 'salePlans'>,
): readonly Sample[] {
  const gauges = {
    wape: metrics.saleForecastWape,
    bias: metrics.saleForecastBias,
    coverage: metrics.saleForecastCoverage,
  };
  const present = new Set(targets.map(({ target }) => target.metadata.name));
  const newest = new Map<string, NonNullable<SalePlan['status']>['review']>();
  for (const { spec, status } of salePlans) {
    const known = newest.get(spec.sale.name);
    const isNewer = known === undefined || Date.parse(status?.review?.reviewedAt ?? '') > Date.parse(known.reviewedAt);
    if (status?.review !== undefined && isNewer) newest.set(spec.sale.name, status.review);
  }
  return [...newest].flatMap(([sale, review]) =>
    (review?.targets ?? [])
      .filter(({ target }) => present.has(target))
      .flatMap(({ target, ...row }) => samplesOf(gauges, { namespace, sale, target }, row)),
  );
}

function samplesOf(
  { wape, bias, coverage }: Readonly<Record<'wape' | 'bias' | 'coverage', Sample['gauge']>>,
  labels: Sample['labels'],
  { wapePercent, biasPercent, medianCoveragePercent, coveragePercent }: Percentages,
): readonly Sample[] {
  const rows = [
    { gauge: wape, labels, percent: wapePercent },
    { gauge: bias, labels, percent: biasPercent },
    { gauge: coverage, labels: { ...labels, level: '0.5' }, percent: medianCoveragePercent },
    { gauge: coverage, labels: { ...labels, level: '0.95' }, percent: coveragePercent },
  ];
  return rows.flatMap(({ percent, ...row }) => (percent === undefined ? [] : [{ ...row, value: percent / 100 }]));
}

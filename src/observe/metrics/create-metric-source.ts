import { type DatadogOptions, datadogSource } from './datadog.ts';
import type { MetricSource } from './metric-source.ts';
import { type PrometheusOptions, prometheusSource } from './prometheus.ts';

/** One entry of `sources` in the operator's settings; addresses and credentials live there and never in a custom resource. */
export type MetricSourceSettings =
  | ({ readonly type: 'prometheus' } & PrometheusOptions)
  | ({ readonly type: 'datadog' } & DatadogOptions);

/** The place where a new kind of metric store is named. */
export function createMetricSource(settings: MetricSourceSettings): MetricSource {
  switch (settings.type) {
    case 'prometheus':
      return prometheusSource(settings);
    case 'datadog':
      return datadogSource(settings);
  }
}

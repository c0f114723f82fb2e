import { z } from 'zod';
import { datadogSettings, datadogSource } from './datadog.ts';
import type { MetricSource } from './metric-source.ts';
import { prometheusSettings, prometheusSource } from './prometheus.ts';

/** The kinds of metric stores, by the `type` in their settings: the place where a new one is named. */
const kinds = {
  prometheus: { settings: prometheusSettings, create: prometheusSource },
  datadog: { settings: datadogSettings, create: datadogSource },
};

type Kinds = typeof kinds;
type SettingsOf = { readonly [Type in keyof Kinds]: z.output<Kinds[Type]['settings']> };
const sources: { readonly [Type in keyof Kinds]: { create(settings: SettingsOf[Type]): MetricSource } } = kinds;

type Schema = Kinds[keyof Kinds]['settings'];
const schemas = Object.values(kinds).map(({ settings }) => settings) as [Schema, ...Schema[]];

/** One entry of `sources` in the operator's settings; addresses and credentials live there and never in a custom resource. */
export const metricSourceSettings = z.discriminatedUnion('type', schemas);

/** The metric source that these settings describe. */
export function createMetricSource<Type extends keyof Kinds>(
  settings: SettingsOf[Type] & { readonly type: Type },
): MetricSource {
  return sources[settings.type].create(settings);
}

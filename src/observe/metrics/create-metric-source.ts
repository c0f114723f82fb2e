import { z } from 'zod';
import { datadogSettings, datadogSource } from './datadog.ts';
import type { MetricSource } from './metric-source.ts';
import { prometheusSettings, prometheusSource } from './prometheus.ts';

/** Kinds of metric stores by the `type` in their settings; add a new one here. */
const kinds = {
  prometheus: { settings: prometheusSettings, create: prometheusSource },
  datadog: { settings: datadogSettings, create: datadogSource },
};

type Kinds = typeof kinds;
type SettingsOf = { readonly [Type in keyof Kinds]: z.output<Kinds[Type]['settings']> };
const sources: { readonly [Type in keyof Kinds]: { create(settings: SettingsOf[Type]): MetricSource } } = kinds;

type Schema = Kinds[keyof Kinds]['settings'];
const schemas = Object.values(kinds).map(({ settings }) => settings) as [Schema, ...Schema[]];

/** One entry of `sources` in the operator's settings; addresses and credentials never stand in a custom resource. */
export const metricSourceSettings = z.discriminatedUnion('type', schemas);

/** Creates the metric source that these settings describe. */
export function createMetricSource<Type extends keyof Kinds>(
  settings: SettingsOf[Type] & { readonly type: Type },
): MetricSource {
  return sources[settings.type].create(settings);
}

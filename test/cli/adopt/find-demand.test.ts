import { describe, expect, test } from 'vitest';
import { adoptAll } from '../../../src/cli/adopt/adopt-all.ts';
import { findDemand } from '../../../src/cli/adopt/find-demand.ts';
import { prometheusSource } from '../../../src/observe/metrics/prometheus.ts';
import { hpa } from '../../support/cli/adoptable.ts';
import { noise, published } from '../../support/cli/published-counters.ts';
import { answerAll, createDatadog, dialect } from '../../support/metric-stores/datadog-store.ts';
import { startLabelledPrometheus } from '../../support/metric-stores/labelled-prometheus.ts';
import { startStandIn } from '../../support/metric-stores/metric-store.ts';

const now = Date.parse('2026-11-27T12:00:30Z');
const mean = (values: readonly (number | null)[]) =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / values.length;

describe('adopt --all finds the demand of a workload in what publishes it:', () => {
  test.each(published)('%s, of a %s', async (from, kind, counters) => {
    await using store = await startLabelledPrometheus([...counters, ...noise]);
    const source = { name: 'prometheus', metrics: prometheusSource({ url: store.url }) };
    const workload = { namespace: 'shop', kind, name: 'web', isNamesake: false, own: [] };
    const found = await findDemand(source.metrics, workload, now);
    expect(found?.from).toBe(from);
    expect(mean(found?.series.values ?? [])).toBeCloseTo(100, 3);

    const scaled = hpa('web');
    const scaleTargetRef = { ...scaled.spec.scaleTargetRef, kind };
    const hpas = [{ ...scaled, spec: { ...scaled.spec, scaleTargetRef } }] as never;
    const [adoption] = await adoptAll({ hpas, scaledObjects: [], targets: [], source, capacities: new Map(), now });
    expect(adoption?.message).toContain(`${from}: 28 d at 60 s, newest 30 s old, daily`);
  });
});

describe('adopt --all finds the hits of Datadog APM', () => {
  test.each([
    ['trace.servlet.request.hits', 'Deployment', ['kube_namespace:shop', 'kube_deployment:web', 'service:web']],
    ['trace.rack.request.hits', 'Deployment', ['service:web', 'env:prod']],
    ['trace.grpc.server.hits', 'StatefulSet', ['kube_namespace:shop', 'kube_stateful_set:web']],
  ])('%s of a %s with the tags %j', async (metric, kind, tags) => {
    const rate = (query: string) => {
      const [, asked = '', filter = ''] = /^sum:([\w.]+)\{(.*)\}\.as_rate\(\)\.rollup\(avg, 60\)$/.exec(query) ?? [];
      return asked === metric && filter.split(',').every(tag => tags.includes(tag)) ? [40] : [];
    };
    const store = await startStandIn(dialect, () => 1);
    store.behave({ kind: 'Reply', reply: question => answerAll(question, rate) });
    try {
      const workload = { namespace: 'shop', kind, name: 'web', isNamesake: false, own: [] };
      const found = await findDemand(createDatadog(store.url, 5), workload, now);
      expect(found?.from).toBe(`Datadog APM, ${metric}`);
      expect(found?.series.values.every(value => value === 40)).toBe(true);
    } finally {
      await store.close();
    }
  });
});

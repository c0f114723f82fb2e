import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesizeOwnFacts } from '../../../support/pages/manifests.ts';

const files = synthesizeOwnFacts();

/** What the health of a kind waits for, by Argo CD's own rules and those of the controllers that write its status. */
const waitsFor: Readonly<Record<string, readonly string[]>> = {
  Gateway: ['Service', 'Deployment'],
  HTTPRoute: ['Gateway', 'Service'],
  GRPCRoute: ['Service'],
  Deployment: [
    'ConfigMap',
    'ServiceAccount',
    'NetworkPolicy',
    'ExternalSecret',
    'Cluster',
    'Pooler',
    'Elasticsearch',
    'StatefulSet',
  ],
  HorizontalPodAutoscaler: ['Deployment'],
  Pooler: ['Cluster'],
  ExternalSecret: ['SecretStore'],
  StatefulSet: ['ExternalSecret'],
  Elasticsearch: ['ExternalSecret'],
  ScalingTarget: ['Deployment', 'HorizontalPodAutoscaler', 'HTTPRoute', 'Gateway'],
  ScalingPolicy: ['Deployment'],
};

describe.each(readOwnFacts().environments.map(({ name }) => [name]))('the sync waves of %s', environment => {
  const objects = [...files].filter(([file]) => file.startsWith(`${environment}/`)).map(([, text]) => parse(text));
  const waveOf = (object: { metadata: { annotations?: Record<string, string> } }) =>
    Number(object.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
  const waves = Map.groupBy(objects, ({ kind }) => String(kind));

  test('hold nothing that waits for a later wave', () => {
    const backward = objects.flatMap(object =>
      (waitsFor[object.kind] ?? [])
        .filter(kind => (waves.get(kind) ?? []).some(other => waveOf(other) > waveOf(object)))
        .map(kind => `${object.kind} ${object.metadata.name} waits for ${kind}`),
    );
    expect(backward).toEqual([]);
  });

  test('bring the shop up before Headstart’s own kinds, which need an operator and demand', () => {
    const own = objects.filter(({ apiVersion }) => apiVersion.startsWith('headstart.dev/'));
    const others = objects.filter(({ apiVersion }) => !apiVersion.startsWith('headstart.dev/'));
    expect(own.length).toBeGreaterThan(5);
    expect(Math.min(...own.map(waveOf))).toBeGreaterThan(Math.max(...others.map(waveOf)));
  });
});

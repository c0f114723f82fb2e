import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { operatorSchema } from '../../../../charts/facts/clusters/operator-schema.ts';
import type { Facts } from '../../../../charts/facts/facts-schema.ts';
import { findProblems } from '../../../../charts/facts/problems/find-problems.ts';
import { readFacts, readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../../charts/synthesize.ts';
import { parseSettings, settingsSchema } from '../../../../src/operator/settings/settings.ts';

const options = { image: 'headstart:0', definitions: [] };
const own = readOwnFacts();
const bookshop = readFacts('test/support/shops/java-monolith.yaml');

/** The objects of the operator's installation by their kinds. */
function installation(facts: Facts, file = 'install.yaml') {
  const documents = parseAllDocuments(synthesize(facts, options).get(file) ?? '');
  const objects = documents.map(document => document.toJS());
  const one = (kind: string) => objects.find(object => object.kind === kind);
  return {
    settings: parse(one('ConfigMap').data['settings.yaml']),
    pods: one('Deployment').spec.template,
    ports: one('NetworkPolicy').spec.egress[1].ports.map(({ port }: { port: number }) => port),
  };
}

describe('the settings of the operator', () => {
  test('are facts, and the operator takes them', () => {
    const { settings } = installation(bookshop);
    expect(parseSettings(settings)).toMatchObject({
      sources: {
        prometheus: { type: 'prometheus', url: 'https://metrics.books.example:9443/prom' },
        datadog: { type: 'datadog', apiKeyFile: '/etc/headstart-credentials/api-key' },
      },
      caps: { replicasPerTarget: 60, replicasPerNamespace: 10_000 },
    });
  });

  test('are a part of those that it has, with bounds no wider', () => {
    expect(Object.keys(operatorSchema.shape).filter(key => !Object.hasOwn(settingsSchema.shape, key))).toEqual([]);
    const most = operatorSchema.parse({
      caps: { replicasPerTarget: 1_000_000, replicasPerNamespace: 1_000_000 },
      tickSeconds: 300,
      staleAfterSeconds: 86_400,
      surgeRoomPercent: 1000,
      writesPerSecond: 1000,
      sources: { thanos: { type: 'prometheus', url: 'http://thanos:9090', tenant: 'shop', timeoutSeconds: 120 } },
      logLevel: 'debug',
      dryRun: true,
    });
    expect(parseSettings(most)).toMatchObject(most);
  });

  test('open the ports of their sources, and no others, to its pods', () => {
    expect(installation(own).ports).toEqual([443, 6443, 9090]);
    expect(installation(bookshop).ports).toEqual([443, 6443, 9443]);
  });

  test('make new pods when they change', () => {
    const sumOf = (facts: Facts) => installation(facts).pods.metadata.annotations['checksum/settings'];
    expect(sumOf(own)).toMatch(/^[0-9a-f]{64}$/);
    expect(sumOf(own)).toBe(sumOf({ ...own, runbookUrl: 'https://wiki.example/runbook' }));
    expect(sumOf(own)).not.toBe(sumOf({ ...own, operator: { ...own.operator, tickSeconds: 30 } }));
  });

  test('may differ from cluster to cluster', () => {
    const clusters = [
      { name: 'a', operator: operatorSchema.parse({ logLevel: 'debug' }) },
      { name: 'b', server: 'https://b.example' },
    ];
    const facts: Facts = {
      ...own,
      clusters,
      environments: own.environments.map((each, index) => ({ ...each, cluster: index === 0 ? 'a' : 'b' })),
    };
    expect(findProblems(facts)).toEqual([]);
    const levelIn = (cluster: string) => installation(facts, `clusters/${cluster}/install.yaml`).settings.logLevel;
    expect([levelIn('a'), levelIn('b')]).toEqual(['debug', undefined]);
  });

  test('have every source that demand is read from', () => {
    const { datadog: _, ...sources } = bookshop.operator.sources;
    expect(findProblems({ ...bookshop, operator: { ...bookshop.operator, sources } })).toEqual([
      {
        path: ['services', 0, 'demand'],
        message: 'service books: its demand is read from datadog, which is not one of operator.sources',
      },
    ]);
  });
});

test('the zone of the shop is that of the demand of every namespace', () => {
  const policy = synthesize(bookshop, options).get('live/platform/scalingpolicy.default.yaml') ?? '';
  expect(parse(policy).spec.demandDefaults).toEqual({ timeZone: 'Europe/Madrid' });
});

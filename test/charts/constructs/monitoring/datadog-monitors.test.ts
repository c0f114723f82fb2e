import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Facts } from '../../../../charts/facts/facts-schema.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../../charts/synthesize.ts';
import { createMetrics } from '../../../../src/operator/telemetry/metrics.ts';
import { fortyServices } from '../../../support/shops/forty-services.ts';

const options = { image: 'headstart:0', definitions: [] };
const own = readOwnFacts();
const files = synthesize(own, options);
const handles = { page: '@pagerduty-shop', ticket: '@slack-shop-ops @shop@shop.example' };

function monitorsOf(facts: Facts): readonly { file: string; name: string; message: string; query: string }[] {
  return [...synthesize(facts, options)]
    .filter(([file]) => file.includes('/datadogmonitor.'))
    .map(([file, text]) => ({ file, ...parse(text).spec }));
}

describe('Datadog', () => {
  test('is told of a missing leader once a cluster, by its name where there are several', () => {
    const leaderless = (facts: Facts) => monitorsOf(facts).filter(({ name }) => name.startsWith('HeadstartNoLeader'));
    expect(leaderless(own).map(({ file, query }) => [file, query])).toEqual([
      ['monitoring/datadogmonitor.headstartnoleader.yaml', 'max(last_5m):max:headstart.leader{*} < 1'],
    ]);
    const grocer = fortyServices();
    const inNorth = grocer.environments.map(each =>
      each.name === 'north' ? { ...each, datadogSite: 'datadoghq.eu' } : each,
    );
    expect(leaderless({ ...grocer, environments: inNorth }).map(({ file, query }) => [file, query])).toEqual([
      [
        'clusters/north/monitoring/datadogmonitor.headstartnoleader.yaml',
        'max(last_5m):max:headstart.leader{kube_cluster_name:north} < 1',
      ],
    ]);
  });

  test('notifies whom the facts name, by severity, and nobody where they name none', () => {
    const messages = (facts: Facts) => monitorsOf(facts).map(({ message }) => message.split(' ').slice(-1)[0]);
    const told = messages({ ...own, datadogHandles: handles });
    expect(new Set(told)).toEqual(new Set(['@pagerduty-shop', '@shop@shop.example']));
    expect(messages(own).filter(last => last?.includes('@'))).toEqual([]);
  });

  test('reads metrics that there are, by name', async () => {
    const known = (await createMetrics().registry.getMetricsAsJSON()).map(({ name }) =>
      name.replace(/^headstart_/, '').replace(/_total$/, ''),
    );
    const checks = [...files.values()].flatMap(text =>
      [...text.matchAll(/\.checks: '(.*)'/g)].map(([, json = '']) => json),
    );
    const instances = checks.map(json => JSON.parse(json).openmetrics.instances[0]);
    const ofOperator = instances.filter(({ namespace }) => namespace === 'headstart');
    expect(ofOperator).toHaveLength(1);
    expect(ofOperator[0].metrics.filter((name: string) => !known.includes(name))).toEqual([]);
    expect(ofOperator[0].metrics.length).toBeGreaterThan(8);
    expect(new Set(instances.flatMap(({ metrics }) => metrics).filter(name => !/^[a-z_]+$/.test(name)))).toEqual(
      new Set(),
    );
    const [cart] = instances.filter(({ openmetrics_endpoint: url, namespace }) => namespace === 'marketplace' && url);
    expect(cart.metrics).toContain('http_requests');
  });

  test('leaves no trace where it is not used', () => {
    const environments = own.environments.map(({ datadogSite: _, ...rest }) => rest);
    const text = [...synthesize({ ...own, environments }, options)]
      .filter(([file]) => !file.startsWith('cluster/'))
      .map(([, manifest]) => manifest)
      .join('\n');
    expect(text).not.toMatch(/datadog|DD_/i);
  });
});

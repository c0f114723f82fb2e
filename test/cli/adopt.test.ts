import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { startApiServer } from '../../src/apiserver/http/api-server.ts';
import { builtInResources } from '../../src/apiserver/kinds/built-in-resources.ts';
import { ObjectStore } from '../../src/apiserver/store/object-store.ts';
import { connect } from '../../src/kube/connect.ts';
import { autoscalers, namespaces, scalingTargets } from '../../src/kube/resources/resource-kind.ts';
import { customResourceDefinitions } from '../contracts/kube-client.ts';
import { runMain } from '../support/run-main.ts';

test('headstart adopt works before the kinds are installed, writes what the API admits, and refuses a second one', async () => {
  const clock = { now: () => Date.now() };
  const store = new ObjectStore({ clock, resources: builtInResources });
  const server = await startApiServer({ store, clock });
  const connection = await connect({ server: server.url });
  try {
    await connection.resource(namespaces).create({ metadata: { name: 'shop' } });
    await connection.resource(autoscalers).create({
      metadata: { name: 'checkout-hpa', namespace: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' },
        minReplicas: 4,
        maxReplicas: 20,
      },
    });
    const adopt = () => {
      const stated = ['--capacity', '45', '--query', 'sum(rate(http_requests_total[1m]))'];
      return runMain(['adopt', 'checkout-hpa', '--server', server.url, '-n', 'shop', ...stated], 60_000);
    };
    const { code, stdout } = await adopt();
    expect(code).toBe(0);

    const definitions = connection.resource(customResourceDefinitions);
    for (const file of globSync('crds/*.yaml')) await definitions.apply(parse(readFileSync(file, 'utf8')));
    await connection.resource(scalingTargets).create(parse(stdout));
    const again = await adopt();
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('ScalingTarget shop/checkout scales Deployment checkout already: edit that one.');
  } finally {
    connection.close();
    await server.close();
  }
}, 120_000);

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '../../src/apiserver/http/api-server.ts';
import { builtInResources } from '../../src/apiserver/kinds/built-in-resources.ts';
import { ObjectStore } from '../../src/apiserver/store/object-store.ts';
import type { ApiConnection } from '../contracts/kubernetes-api/connection.ts';
import { describeKubectl } from '../contracts/kubernetes-api/describe-kubectl.ts';
import { describeKubernetesApi, prepare } from '../contracts/kubernetes-api/describe-kubernetes-api.ts';
import { ApiDriver } from '../contracts/kubernetes-api/driver.ts';
import { makeHistory } from '../contracts/kubernetes-api/histories.ts';
import { liveHistory } from '../contracts/kubernetes-api/live-history.ts';
import { type ControlPlane, startControlPlane } from './control-plane/start-control-plane.ts';

let cluster: Promise<ControlPlane> | undefined;
afterAll(async () => (await cluster)?.stop());

async function connectToCluster(): Promise<ApiConnection> {
  cluster ??= startControlPlane();
  const { kubeconfig, client } = await cluster;
  const config = new KubeConfig();
  config.loadFromString(readFileSync(kubeconfig, 'utf8'));
  const credentials: RequestOptions = {};
  await config.applyToHTTPSOptions(credentials);
  return { url: client.server, credentials };
}

describeKubernetesApi('a real control plane', connectToCluster, { real: true });

describeKubectl('a real control plane', async () => {
  cluster ??= startControlPlane();
  return ['--kubeconfig', (await cluster).kubeconfig];
});

describe('the sandbox and a real control plane', () => {
  let sandbox: ApiServer;
  let both: readonly [ApiDriver, ApiDriver];

  beforeAll(async () => {
    const clock = { now: () => Date.now() };
    sandbox = await startApiServer({ store: new ObjectStore({ clock, resources: builtInResources }), clock });
    const run = randomBytes(4).toString('hex');
    both = [new ApiDriver(await connectToCluster(), run), new ApiDriver({ url: sandbox.url }, run)];
    await Promise.all(both.map(prepare));
  });
  afterAll(async () => {
    const [real] = both;
    await real.delete(real.definitions, `widgets.${real.group}`);
    await sandbox.close();
  });

  const seeds = Array.from({ length: 40 }, (_, index) => index + 1);
  test.each(seeds)('answer the 25 requests of history %i alike', async seed => {
    const history = makeHistory(seed, 25);
    const [real, ours] = await Promise.all(both.map(api => liveHistory(api, history)));
    expect(ours).toEqual(real);
  });

  test('date the owners of fields alike, in histories of a step a second', async () => {
    const lived = [101, 102, 103, 104, 105, 106].map(async seed => {
      const history = makeHistory(seed, 20);
      const [real, ours] = await Promise.all(both.map(api => liveHistory(api, history, { timed: true })));
      expect(ours).toEqual(real);
    });
    await Promise.all(lived);
  });
});

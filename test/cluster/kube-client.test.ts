import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { connect } from '../../src/kube/connect.ts';
import { flashSales, namespaces } from '../../src/kube/resource-kind.ts';
import { customResourceDefinitions, describeKubeClient } from '../contracts/kube-client.ts';
import { until } from './support/kubernetes-client.ts';
import { startControlPlane } from './support/start-control-plane.ts';

describeKubeClient('the client on a real control plane', async () => {
  const cluster = await startControlPlane();
  const connection = await connect({ kubeconfig: cluster.kubeconfig });
  const definitions = connection.resource(customResourceDefinitions);
  for (const file of globSync('crds/*.yaml')) await definitions.apply(parse(readFileSync(file, 'utf8')));
  await until(
    'the kinds are served',
    30_000,
    () =>
      connection
        .resource(flashSales)
        .list()
        .catch(() => undefined),
    listed => listed !== undefined,
  );
  const namespace = `client-${Date.now()}`;
  await connection.resource(namespaces).create({ metadata: { name: namespace } });
  const close = async () => {
    await connection.resource(namespaces).delete({ name: namespace });
    connection.close();
    await cluster.stop();
  };
  return { connection, namespace, close };
});

import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { startApiServer } from '../../src/apiserver/http/api-server.ts';
import { builtInResources } from '../../src/apiserver/kinds/built-in-resources.ts';
import { ObjectStore } from '../../src/apiserver/store/object-store.ts';
import { connect } from '../../src/kube/connect.ts';
import { namespaces } from '../../src/kube/resources/resource-kind.ts';
import { customResourceDefinitions, describeKubeClient } from '../contracts/kube-client.ts';

describeKubeClient('the client on the in-memory API', async () => {
  const clock = { now: () => Date.now() };
  const store = new ObjectStore({ clock, resources: builtInResources });
  const server = await startApiServer({ store, clock });
  const connection = await connect({ server: server.url });
  const definitions = connection.resource(customResourceDefinitions);
  for (const file of globSync('crds/*.yaml')) await definitions.apply(parse(readFileSync(file, 'utf8')));
  await connection.resource(namespaces).create({ metadata: { name: 'client' } });
  const close = async () => {
    connection.close();
    await server.close();
  };
  return { connection, namespace: 'client', close };
});

import { afterAll } from 'vitest';
import { type ApiServer, startApiServer } from '../../src/apiserver/http/api-server.ts';
import { builtInResources } from '../../src/apiserver/kinds/built-in-resources.ts';
import { ObjectStore } from '../../src/apiserver/store/object-store.ts';
import { describeKubectl } from '../contracts/kubernetes-api/describe-kubectl.ts';
import { describeKubernetesApi } from '../contracts/kubernetes-api/describe-kubernetes-api.ts';

const servers: ApiServer[] = [];
afterAll(() => Promise.all(servers.map(server => server.close())));

/** Starts a server of its own. Returns its address. */
async function start(): Promise<string> {
  const clock = { now: () => Date.now() };
  const server = await startApiServer({ store: new ObjectStore({ clock, resources: builtInResources }), clock });
  servers.push(server);
  return server.url;
}

describeKubernetesApi('the sandbox', async () => ({ url: await start() }), { real: false });

describeKubectl('the sandbox', async () => ['--server', await start(), '--kubeconfig', '/dev/null']);

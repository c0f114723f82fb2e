import { afterAll } from 'vitest';
import { type ApiServer, startApiServer } from '../../src/apiserver/http/api-server.ts';
import { builtInResources } from '../../src/apiserver/kinds/built-in-resources.ts';
import { ObjectStore } from '../../src/apiserver/store/object-store.ts';
import { describeKubernetesApi } from '../contracts/kubernetes-api/describe-kubernetes-api.ts';

let server: ApiServer | undefined;
afterAll(() => server?.close());

describeKubernetesApi(
  'the sandbox',
  async () => {
    const clock = { now: () => Date.now() };
    server = await startApiServer({ store: new ObjectStore({ clock, resources: builtInResources }), clock });
    return { url: server.url };
  },
  { real: false },
);

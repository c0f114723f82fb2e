import { expect, test } from 'vitest';
import { startApiServer } from '../../../src/apiserver/http/api-server.ts';
import { builtInResources } from '../../../src/apiserver/kinds/built-in-resources.ts';
import { ObjectStore } from '../../../src/apiserver/store/object-store.ts';
import { withCluster } from '../../../src/cli/cluster-options.ts';
import { readClusterTime } from '../../../src/cli/options/cluster-time.ts';

test.each([
  ['this machine’s, where the API server agrees with it', undefined, 0],
  ['the API server’s, where its answers are dated a month ahead', () => Date.now() + 30 * 86_400_000, 30 * 86_400_000],
])('the time of a cluster is %s', async (_, wallMs, aheadMs) => {
  const clock = { now: () => Date.now() };
  const store = new ObjectStore({ clock, resources: builtInResources });
  const server = await startApiServer({ store, clock, ...(wallMs === undefined ? {} : { wallMs }) });
  try {
    const ahead = await withCluster({ server: server.url }, async connection => {
      return (await readClusterTime(connection)) - Date.now();
    });
    expect(Math.abs(ahead - aheadMs)).toBeLessThan(30_000);
  } finally {
    await server.close();
  }
});

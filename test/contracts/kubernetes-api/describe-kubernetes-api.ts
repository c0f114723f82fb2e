import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import { applyContract } from './apply.ts';
import type { ApiConnection } from './connection.ts';
import type { Contract } from './contract.ts';
import { deletionContract } from './deletion.ts';
import { discoveryContract } from './discovery.ts';
import { ApiDriver } from './driver.ts';
import { kindsContract } from './kinds.ts';
import { listContract } from './lists.ts';
import { mergePatchContract } from './merge-patch.ts';
import { objectContract } from './objects.ts';
import { ownersContract } from './owners.ts';
import { realContract } from './real.ts';
import { schemaContract } from './schemas.ts';
import { subresourceContract } from './subresources.ts';
import { watchContract } from './watches.ts';
import { widgetDefinition } from './widget.ts';

const contracts: Readonly<Record<string, Contract>> = {
  discovery: discoveryContract,
  objects: objectContract,
  'merge patch': mergePatchContract,
  'server-side apply': applyContract,
  'owners and their times': ownersContract,
  'status and scale': subresourceContract,
  deletion: deletionContract,
  lists: listContract,
  watches: watchContract,
  'custom resources': schemaContract,
  'built-in kinds': kindsContract,
};

interface Options {
  /** Whether this is a whole cluster: CEL, RBAC, admission and garbage collection included. */
  readonly real: boolean;
}

/**
 * What the project relies on of a Kubernetes API, the same for the sandbox and for a real control plane. It works in a
 * namespace and with a kind of its own, so that it can share a cluster.
 *
 * @param connect called once, before the first case
 */
export function describeKubernetesApi(name: string, connect: () => Promise<ApiConnection>, { real }: Options): void {
  describe(`the Kubernetes API of ${name}`, () => {
    let api: ApiDriver;

    beforeAll(async () => {
      api = new ApiDriver(await connect(), randomBytes(4).toString('hex'));
      await prepare(api);
    }, 300_000);
    afterEach(() => api?.closeWatches());
    afterAll(async () => {
      await api?.delete({ path: '/api/v1/namespaces', apiVersion: 'v1', kind: 'Namespace' }, api.namespace);
      await api?.delete(api.definitions, `widgets.${api.group}`);
    });

    describe.each(Object.entries(contracts))('%s', (_, contract) => {
      test.each(Object.entries(contract))('%s', async (__, run) => run(api));
    });

    const only = 'what only a whole cluster does';
    const why = real ? only : `${only} (skipped: no CEL, RBAC, admission or garbage collection here)`;
    describe.skipIf(!real)(why, () => {
      test.each(Object.entries(realContract))('%s', async (_, run) => run(api));
    });
  });
}

/** Makes the namespace and the kind that the cases work with. */
export async function prepare(api: ApiDriver): Promise<void> {
  const metadata = { name: api.namespace };
  await api.send('POST', '/api/v1/namespaces', { body: { apiVersion: 'v1', kind: 'Namespace', metadata } });
  await api.create(api.definitions, widgetDefinition(api.group));
  await api.until(
    () => api.list(api.widgets),
    ({ status }) => status === 200,
  );
}

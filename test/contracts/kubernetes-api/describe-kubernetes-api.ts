import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import type { ApiConnection } from './connection.ts';
import type { Contract } from './contract.ts';
import { ApiDriver } from './driver.ts';
import { applyContract } from './rows/apply.ts';
import { applyOptionsContract } from './rows/apply-options.ts';
import { deletionContract } from './rows/deletion.ts';
import { deletionOptionsContract } from './rows/deletion-options.ts';
import { discoveryContract } from './rows/discovery.ts';
import { jsonPatchContract, strategicPatchContract } from './rows/json-patches.ts';
import { kindsContract } from './rows/kinds.ts';
import { kubectlContract } from './rows/kubectl.ts';
import { limitsContract } from './rows/limits.ts';
import { listOptionsContract } from './rows/list-options.ts';
import { listContract } from './rows/lists.ts';
import { mergePatchContract } from './rows/merge-patch.ts';
import { metadataContract } from './rows/metadata.ts';
import { objectContract } from './rows/objects.ts';
import { ownersContract } from './rows/owners.ts';
import { protobufContract } from './rows/protobuf.ts';
import { quantitiesContract } from './rows/quantities.ts';
import { realContract } from './rows/real.ts';
import { schemaContract } from './rows/schemas.ts';
import { subresourceContract } from './rows/subresources.ts';
import { tableContract } from './rows/tables.ts';
import { watchContract } from './rows/watches.ts';
import { widgetDefinition } from './widget.ts';

const contracts: Readonly<Record<string, Contract>> = {
  discovery: discoveryContract,
  objects: objectContract,
  metadata: metadataContract,
  'merge patch': mergePatchContract,
  'JSON patch': jsonPatchContract,
  'strategic merge patch': strategicPatchContract,
  'server-side apply': applyContract,
  'owners and their times': ownersContract,
  'status and scale': subresourceContract,
  'options of apply': applyOptionsContract,
  deletion: deletionContract,
  'options of deletion': deletionOptionsContract,
  lists: listContract,
  'options of lists and watches': listOptionsContract,
  watches: watchContract,
  'a Table': tableContract,
  'what kubectl asks for': kubectlContract,
  protobuf: protobufContract,
  'custom resources': schemaContract,
  'built-in kinds': kindsContract,
  'limits of a namespace': limitsContract,
  quantities: quantitiesContract,
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

import { globSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Connection, connect } from '../../src/kube/connect.ts';
import { flashSales, namespaces } from '../../src/kube/resources/resource-kind.ts';
import { Reflector } from '../../src/kube/watch/reflector.ts';
import { customResourceDefinitions, describeKubeClient } from '../contracts/kube-client.ts';
import { flashSale } from '../support/shop/kinds.ts';
import { type ControlPlane, startControlPlane } from './control-plane/start-control-plane.ts';
import { until } from './support/kubernetes-client.ts';

const namespace = `client-${Date.now()}`;
let cluster: ControlPlane;
let connection: Connection;

beforeAll(async () => {
  cluster = await startControlPlane();
  connection = await connect({ kubeconfig: cluster.kubeconfig });
  const definitions = connection.resource(customResourceDefinitions);
  for (const file of globSync('crds/*.yaml')) await definitions.apply(parse(readFileSync(file, 'utf8')));
  await until('the kinds are served', 60_000, () => countSales(), Number.isInteger);
  await connection.resource(namespaces).create({ metadata: { name: namespace } });
});

afterAll(async () => {
  await connection?.resource(namespaces).delete({ name: namespace });
  connection?.close();
  await cluster?.stop();
});

describeKubeClient('the client on a real control plane', async () => ({
  connection,
  namespace,
  close: async () => {},
}));

test('the cache misses nothing when the API server is killed and started again while others write', async context => {
  const { own } = cluster;
  if (own === undefined) return context.skip('a cluster from outside is not killed');
  const sales = connection.resource(flashSales);
  const name = (index: number) => `survivor-${index}`;
  const create = (index: number) =>
    sales.create({ metadata: { namespace, name: name(index) }, spec: flashSale({}).spec });
  for (let index = 0; index < 100; index += 1) await create(index);
  const reflector = new Reflector({
    resource: sales,
    project: ({ metadata }) => `${metadata?.uid}@${metadata?.resourceVersion}`,
    selection: { namespace },
    watchSeconds: 10,
  });
  const stop = new AbortController();
  const running = reflector.run(stop.signal);
  await reflector.whenSynced(AbortSignal.timeout(60_000));

  const writing = new AbortController();
  const writer = keepWriting(writing.signal, index => {
    const ref = { namespace, name: name(index % 100) };
    if (index % 4 === 0) return sales.delete(ref, { deadlineMs: 5_000 });
    return index % 4 === 1
      ? create((index - 1) % 100)
      : sales.merge(ref, { spec: { stock: index } }, { deadlineMs: 5_000 });
  });
  await expect.poll(() => writer.written).toBeGreaterThan(30);
  await own.restartApiServer();
  const atRestart = writer.written;
  await expect.poll(() => writer.written).toBeGreaterThan(atRestart + 30);
  writing.abort();
  await writer.ended;

  const listed = async () =>
    (await sales.list({ namespace })).map(({ metadata }) => `${metadata?.uid}@${metadata?.resourceVersion}`).sort();
  await expect.poll(async () => reflector.values().toSorted()).toEqual(await listed());
  // The watch broke; the restarted server decides whether it resumes or lists again.
  expect(reflector.stats.failures).toBeGreaterThan(0);
  stop.abort();
  await running;
}, 400_000);

/** Writes until the signal is aborted, despite failures, and counts the successful writes. */
function keepWriting(signal: AbortSignal, write: (index: number) => Promise<unknown>) {
  let written = 0;
  const ended = (async () => {
    for (let index = 0; !signal.aborted; index += 1) {
      await write(index).then(
        () => {
          written += 1;
        },
        () => sleep(20),
      );
      await sleep(5);
    }
  })();
  return {
    ended,
    get written() {
      return written;
    },
  };
}

async function countSales(): Promise<number> {
  return (await connection.resource(flashSales).list()).length;
}

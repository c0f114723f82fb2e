import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connect } from '../../src/kube/connect.ts';
import { flashSales } from '../../src/kube/resources/resource-kind.ts';
import type { UnparsedObject } from '../../src/kube/resources/wire.ts';
import { Reflector } from '../../src/kube/watch/reflector.ts';
import { readFlashSale } from '../../src/observe/read-object.ts';
import { type Script, scriptedServer, status } from '../kube/scripted-server.ts';
import { endOfInitial, event } from '../kube/watch/follow-script.ts';
import type { Figure, RunBenchmark } from '../support/bench/benchmark.ts';
import { flashSale } from '../support/shop/sandbox-shop.ts';

const events = 50_000;
const objects = 20_000;
const start = Date.parse('2026-11-27T19:00:00Z');

/** How soon a cache equals the server after its watch is cut, and what events and objects cost. */
export const run: RunBenchmark = async () => ({
  settings: [
    'the own reflector over HTTP with its real time-outs and back-off; each cut is followed by a server that answers with a newer object',
    `${events} events of FlashSales in one stream from the same process, so CPU time includes the server's writing; once with three fields kept, once parsed and validated as the operator does`,
    `heap of ${objects} FlashSales in a cache, after a collection, without the index by namespace of an empty one`,
  ],
  tables: [
    { title: 'A watch that is cut: seconds until the cache equals the server', figures: await cutFigures() },
    { title: 'Events and objects', figures: await streamFigures() },
  ],
  skipped: [],
});

type Response = Parameters<Script>[1];

/** What a watch does after its initial events, and what the next request gets before the server is itself again. */
const cuts: readonly { readonly kind: string; readonly cut: (response: Response) => void; readonly next?: Script }[] = [
  { kind: 'ends in order', cut: response => response.end() },
  { kind: 'reset', cut: response => response.socket?.destroy() },
  { kind: 'cut off in a line', cut: response => response.end('{"type":"MODIFIED","object":{"meta') },
  { kind: 'silent', cut: () => {} },
  {
    kind: '410 in the stream',
    cut: response => response.end(event('ERROR', { kind: 'Status', code: 410, reason: 'Expired' })),
  },
  { kind: '410 as a status', cut: response => response.end(), next: status(410, 'Expired') },
  {
    kind: '502 from a proxy',
    cut: response => response.end(),
    next: (_, response) => response.writeHead(502).end('<html>'),
  },
];

function cutFigures(): Promise<readonly Figure[]> {
  return Promise.all(
    cuts.map(async ({ kind, cut, next }) => ({ measure: kind, value: await secondsToRecover(cut, next), must: 35 })),
  );
}

async function secondsToRecover(cut: (response: Response) => void, next: Script | undefined): Promise<number> {
  const recovered = Promise.withResolvers<number>();
  let cutAt = 0;
  let asked = 0;
  await using server = await scriptedServer((request, response) => {
    asked += 1;
    if (asked === 2 && next !== undefined) return next(request, response);
    const isInitial = request.query.get('sendInitialEvents') === 'true';
    const version = asked === 1 ? 1 : 100;
    const line = event(isInitial ? 'ADDED' : 'MODIFIED', saleOf('drop', version));
    response.writeHead(200).write(isInitial ? line + endOfInitial(version) : line);
    if (asked > 1) return;
    cutAt = performance.now();
    setTimeout(() => cut(response), 100);
  });
  await following(
    server.url,
    value => {
      if (value === '100') recovered.resolve((performance.now() - cutAt) / 1000);
    },
    recovered.promise,
  );
  return recovered.promise;
}

/** Follows FlashSales, projected to their resourceVersions, until `done`. */
async function following(url: string, onVersion: (version: string) => void, done: Promise<unknown>): Promise<void> {
  const connection = await connect({ server: url });
  const stop = new AbortController();
  const reflector = new Reflector<UnparsedObject, string>({
    resource: connection.resource(flashSales),
    project: ({ metadata }) => metadata?.resourceVersion ?? '',
    onChange: ({ value }) => onVersion(value),
  });
  const running = reflector.run(stop.signal);
  await done;
  stop.abort();
  await running;
  connection.close();
}

async function streamFigures(): Promise<readonly Figure[]> {
  const stream = Buffer.from(
    event('ADDED', saleOf('sale-0', 1)) +
      endOfInitial(1) +
      Array.from({ length: events }, (_, index) =>
        event('MODIFIED', saleOf(`sale-${index % objects}`, index + 2)),
      ).join(''),
  );
  await using server = await scriptedServer((_, response) => response.writeHead(200).write(stream));
  const plain = await readAll(server.url, ({ metadata }) => ({
    name: metadata?.name,
    generation: metadata?.generation,
  }));
  const validated = await readAll(server.url, readFlashSale);
  return [
    { measure: 'events a CPU-second ÷ 90,000, three fields kept', value: plain.rate / 90_000, must: [1, 1_000] },
    { measure: 'events a CPU-second, three fields kept', value: plain.rate },
    { measure: 'heap an object, three fields kept: KiB', value: plain.kibibytes, must: 0.6 },
    { measure: 'events a CPU-second, validated as by the operator', value: validated.rate },
    { measure: 'heap an object, validated as by the operator: KiB', value: validated.kibibytes },
    { measure: 'objects kept', value: validated.kept, must: [objects, objects] },
  ];
}

/** Reads the whole stream into a cache; events a CPU-second, and the heap an object. */
async function readAll<P>(url: string, project: (object: UnparsedObject) => P) {
  const connection = await connect({ server: url });
  const all = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const before = heapBytes();
  let seen = 0;
  const busy = process.cpuUsage();
  const reflector = new Reflector<UnparsedObject, P>({
    resource: connection.resource(flashSales),
    project,
    watchSeconds: 300,
    onChange: () => {
      seen += 1;
      if (seen > events) all.resolve();
    },
  });
  const running = reflector.run(stopping.signal);
  await all.promise;
  const { user, system } = process.cpuUsage(busy);
  const kept = reflector.values().length;
  const kibibytes = (heapBytes() - before) / 1024 / kept;
  stopping.abort();
  await running;
  connection.close();
  return { rate: (events * 1e6) / (user + system), kept, kibibytes };
}

function saleOf(name: string, resourceVersion: number) {
  const sale = flashSale(name, start, start + 3_600_000, {}, `shop-${name.length}`);
  const metadata = { ...sale.metadata, uid: `uid-${name}`, resourceVersion: String(resourceVersion), generation: 1 };
  return { ...sale, metadata };
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

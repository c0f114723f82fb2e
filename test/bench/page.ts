import { createPage } from '../../src/web/server/start-page.ts';
import type { BenchmarkTable, Figure, RunBenchmark } from '../support/bench/benchmark.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';
import { largeShop } from '../support/web/large-shop.ts';

const size = { sales: 500, services: 200 };
const viewers = 20;
const changes = 30;

/** What the page costs its server with many sales and services: each view, and viewers who see every change. */
export const run: RunBenchmark = async () => {
  const shop = largeShop(size);
  let revision = 1;
  const source = {
    ...shop,
    get revision() {
      return revision;
    },
  };
  const [namespace = ''] = shop.namespaces();
  const { connection } = scriptedContext(() => ({}));
  const clock = { now: () => source.now(), monotonicMs: () => 0, sleep: async () => {} };
  const page = await createPage({ address: '127.0.0.1:0', settings: {}, source, connection, clock });
  const views = ['/', `/sales/${namespace}/sale-1`, '/services', `/services/${namespace}/service-100`, '/operator'];
  const ask = async (url: string) => {
    // As from many addresses: one may ask 1,200 times a minute.
    asked += 1;
    const remoteAddress = `127.0.${Math.floor(asked / 250) % 250}.${asked % 250}`;
    const { statusCode, rawPayload } = await page.server.inject({ url, remoteAddress });
    if (statusCode !== 200) throw new Error(`${url} answers ${statusCode}`);
    return rawPayload.length;
  };
  let asked = 0;

  const cold = await cpuMs(() => ask('/'));
  const figures: Figure[] = [{ measure: '/ for the first time: ms of CPU', value: cold }];
  for (const view of views) {
    const bytes = await ask(view);
    const times: number[] = [];
    for (let round = 0; round < changes; round++) {
      revision += 1;
      times.push(await cpuMs(() => ask(view)));
    }
    figures.push({ measure: `${view} after a change: ms of CPU, median`, value: median(times), must: 16 });
    figures.push({ measure: `${view}: kB of HTML`, value: bytes / 1000 });
  }
  const shares: number[] = [];
  for (let change = 0; change < changes; change++) {
    revision += 1;
    const spent = await cpuMs(async () => {
      for (let viewer = 0; viewer < viewers; viewer++) await ask(views[viewer % views.length] ?? '/');
    });
    shares.push(spent / 1000);
  }
  await page.close();
  const share: BenchmarkTable = {
    title: `${viewers} viewers, a quarter of them of each list, who see a change every second`,
    figures: [{ measure: 'share of a core', value: median(shares), must: 0.05 }],
  };
  return {
    settings: [
      `${size.sales} sales of ${size.services} services in one namespace; every fifth sale is over; the server answers in its process, without a network`,
      'CPU time of all threads; the paint in a browser is measured by npm run test:browser',
    ],
    tables: [{ title: 'Each view', figures }, share],
    skipped: [],
  };
};

async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

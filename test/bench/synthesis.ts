import type { Facts } from '../../charts/facts/facts-schema.ts';
import { readOwnFacts } from '../../charts/facts/read-facts.ts';
import { synthesize } from '../../charts/synthesize.ts';
import type { RunBenchmark } from '../support/bench/benchmark.ts';

const sizes = [125, 250, 500, 1000];

/** Time in seconds to synthesize one environment of n services; it should grow in proportion to n. */
export const run: RunBenchmark = () => {
  marketplaceOf(20);
  synthesize(marketplaceOf(20), { image: 'headstart:0', definitions: [] });
  const rows = sizes.map(size => {
    const facts = marketplaceOf(size);
    const [started, busy] = [performance.now(), process.cpuUsage()];
    const files = synthesize(facts, { image: 'headstart:0', definitions: [] });
    const seconds = (performance.now() - started) / 1000;
    // growth is measured in CPU time, which other load on the machine hardly affects
    const { user, system } = process.cpuUsage(busy);
    return { size, files: files.size, seconds, cpuSeconds: (user + system) / 1e6 };
  });
  const [smallest, largest] = [rows[0], rows.at(-1)];
  const growth =
    smallest && largest ? largest.cpuSeconds / largest.size / (smallest.cpuSeconds / smallest.size) : Number.NaN;
  return {
    settings: ['one environment, a chain of calls, warm process, one thread'],
    tables: [
      {
        title: 'charts synthesis',
        figures: [
          ...rows.map(({ size, files, seconds }) => ({
            measure: `${size} services (${files} manifests): seconds`,
            value: seconds,
            ...(size === 1000 ? { must: 20, stretch: 8 } : {}),
          })),
          { measure: 'CPU time a service at 1000 ÷ at 125 (1 = linear)', value: growth, must: 1.5, stretch: 1.2 },
        ],
      },
    ],
    skipped: [],
  };
};

/** Repeats our own services, each calling the next. */
function marketplaceOf(count: number): Facts {
  const own = readOwnFacts();
  const models = own.services.filter(service => service.role === 'Service');
  const [environment] = own.environments.filter(each => each.name === 'production');
  const modelOf = (index: number) => models[index % models.length];
  const services = Array.from({ length: count }, (_, index) => index).flatMap(index => {
    const [model, next] = [modelOf(index), modelOf(index + 1)];
    if (model === undefined || next === undefined) return [];
    const call = {
      service: `s${index + 1}`,
      protocol: next.ports[0]?.protocol ?? ('http' as const),
      api: 'v1',
      perThousandRequests: 100,
    };
    return [{ ...model, name: `s${index}`, entryPoint: index === 0, calls: index + 1 < count ? [call] : [] }];
  });
  const images = { production: Object.fromEntries(services.map(({ name }) => [name, `shop/${name}:1`])) };
  return {
    ...own,
    services,
    environments: environment === undefined ? [] : [{ ...environment, migration: {} }],
    images,
  };
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { serviceCalls } from '../../charts/facts/call-graph.ts';
import type { EnvironmentFacts } from '../../charts/facts/environment-schema.ts';
import type { Facts, ServiceFacts } from '../../charts/facts/facts-schema.ts';
import { findProblems } from '../../charts/facts/problems/find-problems.ts';
import { FactsError, readFacts, readOwnFacts, shopFactsSchema } from '../../charts/facts/read-facts.ts';

const own = readOwnFacts();

describe('findProblems', () => {
  test('finds nothing in our own facts', () => {
    expect(findProblems(own)).toEqual([]);
  });

  test.each([
    [
      'a call to an unknown service',
      service('cart', { calls: [call('stock')] }),
      ['service cart: calls stock, which is not a service'],
    ],
    [
      'a call over the wrong protocol',
      service('cart', { calls: [call('inventory')] }),
      ['service cart: calls inventory over http, which it does not offer'],
    ],
    [
      'a call in a version that is not offered',
      service('cart', { calls: [{ ...call('catalog'), api: 'v2' }] }),
      ['service cart: calls catalog in version v2; it offers v1'],
    ],
    [
      'a ceiling below its baseline',
      service('cart', { ceiling: 3 }),
      ['service cart: ceiling 3 is below baseline.maxReplicas 12'],
    ],
    [
      'a baseline upside down',
      service('cart', { baseline: { minReplicas: 9, maxReplicas: 4 } }),
      ['service cart: baseline.minReplicas 9 is above maxReplicas 4'],
    ],
    [
      'two owners of one port',
      service('cart', { ports: [port('http', 8080), port('admin', 8080)] }),
      ['service cart: port 8080 "admin" is also used by "http"'],
    ],
    [
      'a call circle',
      service('catalog', { calls: [call('search')] }),
      ['calls form a cycle: catalog → search → catalog'],
    ],
    [
      'an entry point behind another',
      service('storefront', { entryPoint: true }),
      ['service storefront: is an entry point that gateway already reaches; its traffic would count twice'],
    ],
    ['two monoliths', service('users', { role: 'Monolith' }), ['there are two monoliths: monolith, users']],
    ['two storefronts', service('users', { role: 'Storefront' }), ['there are two storefronts: storefront, users']],
    [
      'a monolith that speaks no http',
      service('monolith', { ports: [{ ...port('grpc', 9090), protocol: 'grpc' }] }),
      ['service monolith: is the monolith and must offer http, to answer what is not migrated'],
    ],
    [
      'a service with the name of a store',
      service('notifications', { name: 'redis-cart' }),
      expect.arrayContaining([
        'service redis-cart: is the name of a store, and their manifests would overwrite each other',
      ]),
    ],
    [
      'a quota too small for the peak',
      environment('demo', { quota: { cpuMillicores: 4000, memoryMebibytes: 1_000_000, pods: 5000 } }),
      [
        expect.stringMatching(
          /^environment demo: quota.cpuMillicores 4000 is too small for the peak, which needs \d+$/,
        ),
      ],
    ],
    [
      'the migration of an unknown service',
      environment('demo', { migration: { chekout: 60 } }),
      ['environment demo: migration of chekout, which is not a service; did you mean "checkout"?'],
    ],
    [
      'an image without a tag',
      image('demo', 'cart', 'registry:5000/cart'),
      ['images demo cart: "registry:5000/cart" has no tag: what runs would change over time; add one'],
    ],
    [
      'an image that is not one',
      image('demo', 'cart', 'registry:5000/cart:latest'),
      [
        'images demo cart: "registry:5000/cart:latest" does not name one image: what runs would change over time; name a version',
      ],
    ],
    [
      'an image of no service',
      image('demo', 'crat', 'a:1'),
      ['images demo crat: is not a service; did you mean "cart"?'],
    ],
    [
      'the port of the metrics',
      service('cart', { ports: [port('http', 9464)] }),
      ['service cart: port 9464 "http" is reserved for the metrics'],
    ],
    [
      'the name of the port of the metrics',
      service('cart', { ports: [port('metrics', 8080)] }),
      ['service cart: port 8080 "metrics" is reserved for the metrics'],
    ],
    [
      'an environment in the namespace of somebody else',
      environment('demo', { namespace: 'headstart-system' }),
      ['environment demo: namespace headstart-system belongs to another system'],
    ],
    [
      'a limit of no known kind',
      service('cart', { uses: [{ limit: 'postgress-cart', perReplica: 1 }] }),
      expect.arrayContaining([
        'service cart: uses postgress-cart, which is neither a store (postgres-…, redis-…, elasticsearch-…) nor partner-… nor a limit of an environment; did you mean "postgres"?',
      ]),
    ],
    [
      'shards of a database that nobody uses',
      environment('demo', { shards: { ordres: 2 } }),
      ['environment demo: shards of ordres: no service uses postgres-ordres; did you mean "orders"?'],
    ],
    [
      'a limit that nobody uses',
      environment('demo', { limits: { 'partner-paymnets': 2 } }),
      ['environment demo: limits of partner-paymnets, which no service uses; did you mean "partner-payments"?'],
    ],
    [
      'an environment in a folder of the whole cluster',
      environment('demo', { name: 'nodes' }),
      expect.arrayContaining(['environment nodes: is reserved for a folder of the whole cluster']),
    ],
    [
      'two environments in one namespace',
      environment('demo', { namespace: 'marketplace' }),
      ['environments marketplace: is the namespace of two environments'],
    ],
  ])('names %s', (_title, facts, messages) => {
    expect(findProblems(facts).map(problem => problem.message)).toEqual(messages);
  });

  test('accepts an image by digest', () => {
    expect(findProblems(image('demo', 'cart', `a/b@sha256:${'0'.repeat(64)}`))).toEqual([]);
  });
});

describe('callGraph', () => {
  const production = own.environments.find(each => each.name === 'production') as EnvironmentFacts;
  const graph = serviceCalls(production, own.services);

  test("splits a call by the migration's weight, and gives the monolith the rest", () => {
    const calls = Object.fromEntries(graph.get('gateway')?.map(each => [each.service, each.perThousandRequests]) ?? []);
    // cart 70 at 80 %, checkout 25 at 60 %
    expect(calls).toEqual({ storefront: 700, search: 180, cart: 56, checkout: 15, monolith: 14 + 10 });
  });

  test('a call is lost by no weight', () => {
    for (const each of own.services) {
      const before = each.calls.reduce((sum, { perThousandRequests }) => sum + perThousandRequests, 0);
      const after = graph.get(each.name)?.reduce((sum, { perThousandRequests }) => sum + perThousandRequests, 0);
      expect(after, each.name).toBe(before);
    }
  });

  test.each([1, 99])('a weight of %i %% still is a call to both', percent => {
    const calls = serviceCalls({ ...production, migration: { checkout: percent } }, own.services).get('gateway');
    expect(calls?.map(each => each.service)).toEqual(['storefront', 'search', 'cart', 'checkout', 'monolith']);
  });

  test.each([
    [0, ['storefront', 'search', 'cart', 'monolith']],
    [100, ['storefront', 'search', 'cart', 'checkout', 'monolith']],
  ])('at %i %% a gateway can still roll clients back to the monolith', (percent, callees) => {
    const calls = serviceCalls({ ...production, migration: { checkout: percent } }, own.services).get('gateway');
    expect(calls?.map(each => each.service)).toEqual(callees);
    expect(calls?.at(-1)?.perThousandRequests).toBe(percent === 0 ? 25 : 0);
  });

  test('knows the port of each call by its name', () => {
    const called = graph.get('checkout')?.map(each => `${each.service} ${each.portName}`);
    expect(called).toEqual(['payments http', 'inventory grpc', 'orders http', 'users http', 'monolith http']);
  });
});

describe('readFacts', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'headstart-facts-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const shop = `services:
  - name: shop
    summary: All of it.
    owner: us
    runtime: Rails
    tier: Critical
    ports: [{ name: http, port: 8080, protocol: http, api: [v1] }]
    capacity: { requestsPerSecond: "12", loadTest: by hand }
    objective: { p95Milliseconds: 500 }
    resources: { cpuMillicores: 500, memoryMebibytes: 512 }
    startupSeconds: 40
    baseline: { minReplicas: 2, maxReplicas: 8 }
    ceiling: 40
    entryPoint: true
environments:
  - name: production
    stage: production
    namespace: shop
    domain: shop.example
`;
  const write = (name: string, text: string) => {
    const file = path.join(root, name);
    writeFileSync(file, text);
    return file;
  };
  write('images.yaml', 'production:\n  shop: shop:1.0.0\n');

  test("takes a shop's own facts, with images.yaml beside them", () => {
    const facts = readFacts(write('shop.yaml', shop));
    expect(facts.images).toEqual({ production: { shop: 'shop:1.0.0' } });
    expect(facts.environments[0]).toMatchObject({ mode: 'ForecastOnly', sizePercent: 100 });
  });

  test('makes an environment of every preview, which runs what it is like but the images under its name', () => {
    write('images.yaml', 'production:\n  shop: shop:1.0.0\npreview-checkout:\n  shop: shop:1.1.0-checkout.3\n');
    const previews = 'previews:\n  - { name: checkout, like: production }\n  - { name: copy, like: production }\n';
    const { environments, images } = readFacts(write('previews.yaml', shop + previews));
    write('images.yaml', 'production:\n  shop: shop:1.0.0\n');
    expect(environments.map(({ namespace, stage, domain }) => [namespace, stage, domain])).toEqual([
      ['shop', 'production', 'shop.example'],
      ['preview-checkout', 'preview', 'checkout.preview.shop.example'],
      ['preview-copy', 'preview', 'copy.preview.shop.example'],
    ]);
    expect(images['preview-checkout']).toEqual({ shop: 'shop:1.1.0-checkout.3' });
    expect(images['preview-copy']).toEqual({ shop: 'shop:1.0.0' });
  });

  test.each([
    [
      'a preview like nothing, and two of one name',
      `${shop}previews:
  - { name: copy, like: prod }
  - { name: twin, like: production }
  - { name: twin, like: production }
`,
      [
        'shop.yaml:21: preview copy: is like prod, which is not an environment',
        'shop.yaml:23: environments preview-twin: is stated twice',
        'shop.yaml:23: environments preview-twin: is the namespace of two environments',
        'shop.yaml:23: environments twin.preview.shop.example: is the domain of two environments',
      ],
    ],
    [
      'a typo',
      shop.replace('    owner: us', '    ownr: us'),
      [
        'shop.yaml:2: service shop: owner is missing',
        'shop.yaml:4: service shop: unknown key "ownr"; did you mean "owner"?',
      ],
    ],
    [
      'a typo inside an entry of an entry',
      shop.replace('loadTest: by hand', 'loadtest: by hand'),
      [
        'shop.yaml:8: service shop: capacity.loadTest is missing',
        'shop.yaml:8: service shop: capacity: unknown key "loadtest"; did you mean "loadTest"?',
      ],
    ],
    [
      'a wrong type',
      shop.replace('startupSeconds: 40', 'startupSeconds: soon'),
      ['shop.yaml:11: service shop: startupSeconds must be a number, got "soon"'],
    ],
    [
      'a number where a list belongs',
      shop.replace('ports: [{ name: http, port: 8080, protocol: http, api: [v1] }]', 'ports: 8080'),
      ['shop.yaml:7: service shop: ports must be a list, got 8080'],
    ],
    [
      'a word that is not one of those known',
      shop.replace('tier: Critical', 'tier: critical'),
      [
        'shop.yaml:6: service shop: tier must be one of Critical, Standard, Background, got "critical"; did you mean "Critical"?',
      ],
    ],
    [
      'a number out of its range, and a name that is none',
      shop.replace('p95Milliseconds: 500', 'p95Milliseconds: 0').replace('owner: us', 'owner: Us!'),
      [
        'shop.yaml:4: service shop: owner must be lower-case letters, digits and "-", got "Us!"',
        'shop.yaml:9: service shop: objective.p95Milliseconds must be at least 1, got 0',
      ],
    ],
    [
      'a ceiling below its baseline and a quota too small, both at once',
      `${shop.replace('ceiling: 40', 'ceiling: 4')}    quota: { cpuMillicores: 1, memoryMebibytes: 1000000, pods: 1000 }\n`,
      [
        'shop.yaml:13: service shop: ceiling 4 is below baseline.maxReplicas 8',
        'shop.yaml:20: environment production: quota.cpuMillicores 1 is too small for the peak, which needs 5000',
      ],
    ],
    [
      'a typo in one entry and a mistake in another, both at once',
      `${shop.replace('    entryPoint: true', '    entryPoint: true\n    calls: [{ service: sho, perThousandRequests: 1 }]')}  - name: demo\n    stage: demos\n    namespace: d\n    domain: d.example\n`,
      [
        'shop.yaml:15: service shop: calls sho, which is not a service; did you mean "shop"?',
        'shop.yaml:22: environment demo: stage must be one of dev, staging, production, demo, preview, got "demos"; did you mean "demo"?',
        'images.yaml:1: images demo: no image for shop',
      ],
    ],
    [
      'a service that stands twice',
      shop.replace(
        'environments:',
        `${shop.slice(shop.indexOf('  - name: shop'), shop.indexOf('environments:'))}environments:`,
      ),
      ['shop.yaml:15: services shop: is stated twice'],
    ],
    [
      'images of an unknown environment, of an unknown service, and without a tag',
      `${shop}images:\n  prodction: { shop: "shop:1" }\n  production:\n    shop: shop\n    shp: shop:1\n`,
      [
        'shop.yaml:21: images prodction: is not an environment; did you mean "production"?',
        'shop.yaml:23: images production shop: "shop" has no tag: what runs would change over time; add one',
        'shop.yaml:24: images production shp: is not a service; did you mean "shop"?',
      ],
    ],
    ['an empty file', '', ['shop.yaml:1: is empty']],
    ['a file that is a list', '- shop\n', ['shop.yaml:1: it must be a map, got ["shop"]']],
    ['a key that stands twice', `${shop}environments: []\n`, ['shop.yaml:20: Map keys must be unique']],
    ['broken YAML', 'services: [\n', [expect.stringMatching(/^shop.yaml:2: /)]],
  ])('names file and line of %s', (_title, text, problems) => {
    expect(problemsOf(() => readFacts(write('shop.yaml', text)))).toEqual(problems);
  });

  test('names file and line of images.yaml, beside the problems of the facts', () => {
    const folder = mkdtempSync(path.join(root, 'images-'));
    writeFileSync(path.join(folder, 'shop.yaml'), shop.replace('ceiling: 40', 'ceiling: 4'));
    writeFileSync(path.join(folder, 'images.yaml'), 'production:\n  shop: shop:latest\n  web: 7\n');
    expect(problemsOf(() => readFacts(path.join(folder, 'shop.yaml'))).map(each => path.basename(each))).toEqual([
      'shop.yaml:13: service shop: ceiling 4 is below baseline.maxReplicas 8',
      'images.yaml:3: images.production.web must be text, got 7',
    ]);
  });

  test('names an image that is missing for a service that is malformed, whose name is known all the same', () => {
    const folder = mkdtempSync(path.join(root, 'stand-in-'));
    writeFileSync(path.join(folder, 'shop.yaml'), shop.replace('ceiling: 40', 'ceilng: 40'));
    writeFileSync(path.join(folder, 'images.yaml'), 'production: {}\n');
    expect(problemsOf(() => readFacts(path.join(folder, 'shop.yaml'))).map(each => path.basename(each))).toEqual([
      'shop.yaml:2: service shop: ceiling is missing',
      'shop.yaml:13: service shop: unknown key "ceilng"; did you mean "ceiling"?',
      'images.yaml:1: images production: no image for shop',
    ]);
  });

  test('names a file of facts that is not there, and does not look for its images', () => {
    expect(problemsOf(() => readFacts(path.join(root, 'none/shop.yaml')))).toEqual(['none/shop.yaml: does not exist']);
  });

  test('names a file of images that is not there', () => {
    const folder = mkdtempSync(path.join(root, 'none-'));
    writeFileSync(path.join(folder, 'shop.yaml'), shop);
    expect(problemsOf(() => readFacts(path.join(folder, 'shop.yaml')))).toEqual([
      expect.stringMatching(/images\.yaml: does not exist$/),
    ]);
  });

  function problemsOf(read: () => unknown): readonly string[] {
    try {
      read();
    } catch (error) {
      if (error instanceof FactsError) return error.problems.map(problem => problem.replace(`${root}/`, ''));
      throw error;
    }
    throw new Error('was accepted');
  }
});

test('charts/facts.schema.json is what is checked', async () => {
  const schema = z.toJSONSchema(shopFactsSchema, { io: 'input' });
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../charts/facts.schema.json');
});

function call(name: string): ServiceFacts['calls'][number] {
  return { service: name, protocol: 'http', api: 'v1', perThousandRequests: 1 };
}

function port(name: string, number: number): ServiceFacts['ports'][number] {
  return { name, port: number, protocol: 'http', api: ['v1'] };
}

function service(name: string, change: Partial<ServiceFacts>): Facts {
  return { ...own, services: own.services.map(each => (each.name === name ? { ...each, ...change } : each)) };
}

function environment(name: string, change: Partial<EnvironmentFacts>): Facts {
  return { ...own, environments: own.environments.map(each => (each.name === name ? { ...each, ...change } : each)) };
}

function image(inEnvironment: string, ofService: string, text: string): Facts {
  return { ...own, images: { ...own.images, [inEnvironment]: { ...own.images[inEnvironment], [ofService]: text } } };
}

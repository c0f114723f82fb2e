import { expect, test } from 'vitest';
import { callGraph } from '../../../src/api/call-graph.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { requestsPerEntry } from '../../../src/plan/cost/requests-per-entry.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

type Calls = Readonly<Record<string, number>>;

function perEntry(targets: Readonly<Record<string, Calls>>, entries: readonly string[]) {
  const parsed = Object.entries(targets).map(([name, calls]) => {
    const stated = Object.entries(calls).map(([target, perThousandRequests]) => ({ target, perThousandRequests }));
    const object = scalingTarget({ entryPoint: entries.includes(name), calls: stated });
    return parseScalingTarget({ ...object, metadata: { name, namespace: 'shop' } });
  });
  return Object.fromEntries(requestsPerEntry(callGraph(parsed)));
}

test('requests add up along all ways from the entry point', () => {
  const shop = {
    gateway: { catalog: 800, checkout: 100 },
    catalog: { stock: 500 },
    checkout: { stock: 3000 },
    stock: {},
  };
  expect(perEntry(shop, ['gateway'])).toEqual({ gateway: 1, catalog: 0.8, checkout: 0.1, stock: expect.closeTo(0.7) });
});

test('of several entry points the one counts from which a target gets fewest requests', () => {
  const shop = { app: { checkout: 300 }, web: { checkout: 100 }, checkout: {} };
  expect(perEntry(shop, ['app', 'web'])).toEqual({ app: 1, web: 1, checkout: 0.1 });
});

test('without marked entry points those without callers are meant, and what is not reached stands for itself', () => {
  expect(perEntry({ gateway: { checkout: 250 }, checkout: {} }, [])).toEqual({ gateway: 1, checkout: 0.25 });
  expect(perEntry({ gateway: {}, mailer: {} }, ['gateway'])).toEqual({ gateway: 1, mailer: 1 });
});

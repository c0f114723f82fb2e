import { expect, test } from 'vitest';
import { callGraph } from '../../../src/api/call-graph.ts';
import { saleCalls } from '../../../src/plan/demand/sale-calls.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const observed = (reviewedAt: string, status?: object) =>
  observationOf({
    now: '2026-11-27T18:00:00Z',
    targets: {
      gateway: {
        spec: { entryPoint: true, calls: [{ target: 'checkout', perThousandRequests: 100 }] },
        ...(status === undefined ? {} : { status: { callRatios: [status] } }),
      },
      checkout: {},
    },
    salePlans: [
      {
        sale: { name: 'past', startTime: '2026-11-20T19:00:00Z', endTime: '2026-11-20T21:00:00Z' },
        reviewedAt,
        reviewed: { checkout: { calls: [{ caller: 'gateway', perThousandRequests: 200 }] } },
      },
    ],
  });
const ratioOf = (observation: ReturnType<typeof observed>) => {
  const graph = callGraph(observation.targets.map(({ target }) => target));
  return saleCalls(graph, observation, start).graph.callers.get('checkout')?.[0]?.perRequest;
};

test('a sale is passed on by what past sales measured', () => {
  expect(ratioOf(observed('2026-11-20T21:20:00Z'))).toBe(0.126);
});

test('what another sale shows while a sale runs changes none of its ratios, so it lowers nothing', () => {
  expect(ratioOf(observed('2026-11-27T19:20:00Z'))).toBe(0.1);
});

test('without evidence the graph is the declared one itself', () => {
  const observation = { ...observed('2026-11-20T21:20:00Z'), salePlans: [] };
  const graph = callGraph(observation.targets.map(({ target }) => target));
  expect(saleCalls(graph, observation, start)).toEqual({ graph, corrected: new Map() });
  expect(saleCalls(graph, observation, start).graph).toBe(graph);
});

test('ordinary hours that show more count, too', () => {
  const shown = {
    target: 'checkout',
    ordinary: { perThousandRequests: '180', hours: 48 },
    until: '2026-11-27T12:00:00Z',
  };
  expect(ratioOf({ ...observed('2026-11-20T21:20:00Z', shown), salePlans: [] })).toBe(0.172);
});

import { describe, expect, test } from 'vitest';
import { createDemand } from '../../src/simulate/call-graph.ts';
import type { SimulatedService } from '../../src/simulate/service.ts';
import type { Traffic } from '../../src/simulate/traffic.ts';

const surgeStart = 1_000_000;
/** 100 a second, and from `surgeStart` on 400 more. */
const traffic: Traffic = { meanPerSecond: 100, base: () => 100, extra: t => (t >= surgeStart ? 400 : 0) };

const gateway = service('gateway', {
  entryPoint: true,
  calls: [call('search', 200), call('checkout', 50, { saleShift: 1.2, saleLagSeconds: 60 })],
});
const search = service('search');
const checkout = service('checkout', { calls: [call('inventory', 3000), call('search', 1000)] });
const inventory = service('inventory', { ownPerSecond: 20 });
const demand = createDemand([gateway, search, checkout, inventory], traffic, 1);

describe('demand over the call graph', () => {
  test.each([
    { name: 'gateway', t: 0, expected: 100 },
    { name: 'gateway', t: surgeStart, expected: 500 },
    { name: 'search', t: 0, expected: 100 * 0.2 + 100 * 0.05 },
    { name: 'checkout', t: surgeStart, expected: 100 * 0.05 },
    { name: 'checkout', t: surgeStart + 60_000, expected: 100 * 0.05 + 400 * 0.05 * 1.2 },
    { name: 'inventory', t: surgeStart + 60_000, expected: 3 * (100 * 0.05 + 400 * 0.05 * 1.2) + 20 },
  ])('reaches $name at $t with about $expected', ({ name, t, expected }) => {
    expect(Math.abs(demand.at(name, t) / expected - 1)).toBeLessThan(0.1);
  });

  test('wanders around its ratio, but not at the entry', () => {
    const ratios = new Set(Array.from({ length: 50 }, (_, i) => demand.at('search', i * 600_000)));
    expect(ratios.size).toBeGreaterThan(40);
    expect(demand.at('gateway', 123_000_000 - surgeStart)).toBe(500);
  });

  test('is averaged over a span', () => {
    expect(demand.mean('gateway', surgeStart - 30_000, surgeStart + 30_000)).toBeCloseTo(300);
  });
});

describe('a call graph that cannot be', () => {
  test('names the stranger', () => {
    expect(() => createDemand([service('a', { calls: [call('b', 1)] })], traffic, 1)).toThrow(
      'a calls b, which is not in this marketplace',
    );
  });

  test('names the circle', () => {
    const circle = [service('a', { entryPoint: true, calls: [call('b', 1)] }), service('b', { calls: [call('a', 1)] })];
    expect(() => createDemand(circle, traffic, 1)).toThrow('calls form a cycle: a → b → a');
  });

  test('refuses a service nobody knows', () => {
    expect(() => demand.at('nobody', 0)).toThrow('no service nobody in this marketplace');
  });
});

function service(name: string, more: Partial<SimulatedService> = {}): SimulatedService {
  return {
    name,
    capacityPerReplica: 10,
    p95Milliseconds: 200,
    entryPoint: false,
    calls: [],
    ownPerSecond: 0,
    startSeconds: { least: 30, most: 50 },
    ...more,
  };
}

function call(target: string, perThousandRequests: number, more: { saleShift?: number; saleLagSeconds?: number } = {}) {
  return { target, perThousandRequests, saleShift: 1, saleLagSeconds: 0, ...more };
}

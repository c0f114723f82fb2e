import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { callGraph } from '../../../src/api/call-graph.ts';
import { parseScalingPolicy } from '../../../src/api/scaling-policy.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import type { Tier } from '../../../src/api/tier.ts';
import { costSteps } from '../../../src/plan/cost/explain-cost.ts';
import { targetCosts } from '../../../src/plan/cost/target-costs.ts';
import { planOf } from '../../support/shop/apply-planned.ts';
import { type Given, observationOf } from '../../support/shop/planned-namespace.ts';
import { namespaces } from '../arbitrary-namespace.ts';

const shop = (policy: Given['policy'], tier: Tier = 'Critical'): Given => ({
  now: '2026-11-27T18:00:00Z',
  ...(policy === undefined ? {} : { policy }),
  targets: {
    gateway: {
      spec: {
        entryPoint: true,
        calls: [
          { target: 'checkout', perThousandRequests: 100 },
          { target: 'recommendations', perThousandRequests: 100 },
        ],
      },
    },
    checkout: { spec: { tier } },
    recommendations: { spec: { tier: 'Background' } },
  },
});

function costsOf(given: Given) {
  const observation = observationOf(given);
  return targetCosts(observation, callGraph(observation.targets.map(({ target }) => target)));
}

describe('what a shortage costs', () => {
  const orders = { currency: 'EUR', replicaHour: '0.04', orderValue: 50, ordersPerHundredRequests: 2 };

  test('is nothing that is known without a cost, and without orders', () => {
    expect(costsOf(shop(undefined)).size).toBe(0);
    const costs = costsOf(shop({ cost: { currency: 'EUR', replicaHour: '0.04' } }));
    expect([...costs.values()].map(({ level, lossPerReplicaHour }) => [level, lossPerReplicaHour])).toEqual(
      new Array(3).fill([0.95, undefined]),
    );
  });

  test('follows the orders that are left at a target, its tier and what a replica serves', () => {
    const costs = costsOf(shop({ cost: orders }));
    // Two orders in a hundred requests at the gateway are twenty in a hundred at a checkout that gets one in ten.
    expect(costs.get('gateway')?.lossPerRequest).toBeCloseTo(0.02 * 50 * 0.5);
    expect(costs.get('checkout')?.lossPerRequest).toBeCloseTo(0.2 * 50);
    expect(costs.get('recommendations')?.lossPerRequest).toBeCloseTo(0.2 * 50 * 0.1);
    expect(costs.get('checkout')?.lossPerReplicaHour).toBeCloseTo(0.2 * 50 * 10 * 3600);
  });

  test('is no more than one order a request', () => {
    const costs = costsOf(shop({ cost: { ...orders, ordersPerHundredRequests: 40 } }));
    expect(costs.get('checkout')?.lossPerRequest).toBeCloseTo(50);
  });
});

test('the dearer an order, the more is planned, and never less', () => {
  fc.assert(
    fc.property(
      namespaces,
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.integer({ min: 1, max: 1000 }),
      (given, value, times) => {
        const costing = (orderValue: number) => ({
          ...given,
          policy: {
            ...given.policy,
            cost: {
              currency: 'EUR',
              replicaHour: 1,
              orderValue: orderValue.toFixed(6),
              ordersPerHundredRequests: '0.01',
            },
          },
        });
        const [cheap, dear] = [value, value * times].map(orderValue => planOf(costing(orderValue)).plan);
        for (const { salePlan, targets } of cheap?.sales ?? []) {
          const other = dear?.sales.find(sale => sale.salePlan === salePlan);
          for (const { target, cost } of targets) {
            const planned = other?.targets.find(one => one.target === target)?.cost;
            if (cost === undefined || planned === undefined) continue;
            expect(planned.level).toBeGreaterThanOrEqual(cost.level);
            const at = (one: typeof cost) => one.options.find(({ level }) => level === one.level)?.replicas ?? 0;
            expect(at(planned)).toBeGreaterThanOrEqual(at(cost));
          }
        }
      },
    ),
    { numRuns: 40, seed: 20_261_127 },
  );
});

test("the SRE's page shows what a shortage costs in the marketplace of crds/examples", () => {
  const page = readFileSync('docs/sre.md', 'utf8').split('## What a shortage costs\n')[1]?.split('\n## ')[0] ?? '';
  const [, block = ''] = /```yaml\n([^`]*)```/.exec(page) ?? [];
  const { spec: policy } = parseScalingPolicy(parse(block));
  const targets = globSync('crds/examples/marketplace/*.yaml')
    .flatMap(file => parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS()))
    .filter(({ kind }) => kind === 'ScalingTarget')
    .map(object => ({ target: parseScalingTarget(object) }));
  const costs = targetCosts({ now: 0, policy, targets }, callGraph(targets.map(({ target }) => target)));
  const [step] = costSteps(costs.get('checkout'));
  expect(page).toContain(`\`${step?.message()}\``);
});

import { describe, expect, test } from 'vitest';
import { keepTotal } from '../../../../src/plan/floor/replicas/keep-total.ts';
import type { ReplicaNeed, ReplicaTarget, TargetReplicas } from '../../../../src/plan/floor/replicas/replica-rule.ts';
import { shareInTurn } from '../../../../src/plan/floor/replicas/share-in-turn.ts';
import { shareTotal } from '../../../../src/plan/floor/replicas/share-total.ts';
import { takeHighest } from '../../../../src/plan/floor/replicas/take-highest.ts';
import { runRules } from './run-rules.ts';

interface Given {
  readonly tier: 'Critical' | 'Standard';
  readonly standing: number;
  /** Replicas that its sales need. */
  readonly sales: number;
  /** Replicas that an emergency asks for. */
  readonly emergency: number | undefined;
}

const total = { replicas: 100, field: 'total' };

/** What each of two targets gets of 100 replicas; both have a baseline of 4. */
function sharesOf(given: Readonly<Record<string, Given>>) {
  const entries = Object.entries(given);
  const all = Object.fromEntries(
    entries.map(([name, { tier, standing }]) => [
      name,
      { standing, spec: { tier, baseline: { minReplicas: 4, maxReplicas: 300 }, ceiling: 300 } },
    ]),
  );
  const needs = entries.map(([name, one]): [string, readonly ReplicaNeed[]] => [
    name,
    [
      { reason: 'SaleAhead', replicas: one.sales, steps: [] },
      ...(one.emergency === undefined ? [] : [{ reason: 'Emergency' as const, replicas: one.emergency, steps: [] }]),
    ],
  ]);
  const byName = new Map(needs);
  const found = runRules(
    [
      numbers => new Map([...numbers].map(([name, one]) => [name, { ...one, needs: byName.get(name) ?? [] }])),
      takeHighest,
      keepTotal,
    ],
    all,
    { total },
  );
  return Object.fromEntries([...found].map(([name, { replicas }]) => [name, replicas]));
}

describe('shareInTurn', () => {
  test.each<[string, Readonly<Record<string, Given>>, Record<string, number>]>([
    [
      'gives a sale what it needs before an emergency adds more',
      {
        gateway: { tier: 'Standard', standing: 24, sales: 29, emergency: 96 },
        orders: { tier: 'Critical', standing: 4, sales: 4, emergency: 96 },
      },
      { gateway: 29, orders: 71 },
    ],
    [
      'leaves what stands although no sale needs it',
      {
        gateway: { tier: 'Standard', standing: 24, sales: 10, emergency: 96 },
        orders: { tier: 'Critical', standing: 4, sales: 4, emergency: 96 },
      },
      { gateway: 24, orders: 76 },
    ],
    [
      'gives a target without an emergency all that it needs',
      {
        gateway: { tier: 'Standard', standing: 4, sales: 60, emergency: undefined },
        orders: { tier: 'Critical', standing: 4, sales: 4, emergency: 96 },
      },
      { gateway: 60, orders: 40 },
    ],
    [
      'goes by tier where sales alone need more',
      {
        gateway: { tier: 'Standard', standing: 4, sales: 90, emergency: 96 },
        orders: { tier: 'Critical', standing: 4, sales: 60, emergency: 60 },
      },
      { gateway: 40, orders: 60 },
    ],
    [
      'decides alone, although a sale needs more',
      {
        gateway: { tier: 'Standard', standing: 4, sales: 90, emergency: 30 },
        orders: { tier: 'Critical', standing: 4, sales: 4, emergency: undefined },
      },
      { gateway: 30, orders: 4 },
    ],
  ])('%s', (_, given, expected) => {
    expect(sharesOf(given)).toEqual(expected);
  });

  test('shares once where there is no emergency', () => {
    const numbers = new Map<string, TargetReplicas>([['a', { needs: [], needed: 9, replicas: 9, steps: [] }]]);
    let times = 0;
    const shares = shareInTurn(numbers, new Map<string, ReplicaTarget>(), ({ kept, wanted }) => {
      times += 1;
      return shareTotal([{ target: 'a', tier: 'Standard', kept: kept('a'), wanted: wanted('a') }], 5);
    });
    expect([times, shares.get('a')]).toEqual([1, 5]);
  });
});

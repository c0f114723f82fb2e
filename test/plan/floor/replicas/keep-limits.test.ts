import { describe, expect, test } from 'vitest';
import { keepLimits } from '../../../../src/plan/floor/replicas/keep-limits.ts';
import { explainSteps } from '../../../../src/plan/floor/replicas/replica-rule.ts';
import type { SharedLimit } from '../../../../src/plan/floor/replicas/shared-limit.ts';
import { type GivenNumber, runRules } from './run-rules.ts';

const baseline = { baseline: { minReplicas: 4, maxReplicas: 20 } };

function limit(name: string, total: number, uses: Readonly<Record<string, number>>): SharedLimit {
  const users = Object.entries(uses).map(([target, each]) => ({
    target,
    per: 'Replica' as const,
    units: (replicas: number) => replicas * each,
  }));
  return { name, total, users };
}

function replicasOf(given: Readonly<Record<string, GivenNumber>>, limits: readonly SharedLimit[], isDue = true) {
  const total = { replicas: 10_000, field: 'total' };
  const found = runRules([keepLimits], given, { limits, ...(isDue ? { total } : {}) });
  return Object.fromEntries([...found].map(([name, { replicas }]) => [name, replicas]));
}

describe('keepLimits', () => {
  const postgres = limit('postgres', 400, { a: 10, b: 10 });

  test.each<[string, Readonly<Record<string, GivenNumber>>, readonly SharedLimit[], Record<string, number>]>([
    ['leaves what fits', { a: { replicas: 20 }, b: { replicas: 20 } }, [postgres], { a: 20, b: 20 }],
    ['cuts in proportion', { a: { replicas: 44 }, b: { replicas: 24 } }, [postgres], { a: 26, b: 14 }],
    ['counts a user without a need at its baseline', { a: { replicas: 44 }, b: {} }, [postgres], { a: 36, b: 0 }],
    ['leaves who does not use it', { a: { replicas: 44 }, c: { replicas: 99 } }, [postgres], { a: 40, c: 99 }],
    [
      'counts what sinks now as it stands',
      { a: { replicas: 10, standing: 30 }, b: { replicas: 30 } },
      [postgres],
      { a: 10, b: 10 },
    ],
    [
      'does not cut who will not be raised, and counts it as it stands',
      { a: { replicas: 50, standing: 20, mayRaise: false }, b: { replicas: 30 } },
      [postgres],
      { a: 50, b: 20 },
    ],
    [
      'takes the least of several limits, whatever their order',
      { a: { replicas: 30 }, b: { replicas: 30 } },
      [limit('one', 90, { a: 10 }), limit('two', 120, { a: 10, b: 1 })],
      { a: 9, b: 10 },
    ],
  ])('%s', (_, given, limits, expected) => {
    const spec = baseline;
    const all = Object.fromEntries(Object.entries(given).map(([name, one]) => [name, { ...one, spec }]));
    expect(replicasOf(all, limits)).toEqual(expected);
    expect(replicasOf(all, limits.toReversed())).toEqual(expected);
  });

  test('counts nothing as it stands where only what is due later is planned', () => {
    const given = { a: { replicas: 10, standing: 30, spec: baseline }, b: { replicas: 30, spec: baseline } };
    expect(replicasOf(given, [postgres], false)).toEqual({ a: 10, b: 30 });
  });

  test('says which limit leaves how much, only where it binds', () => {
    const given = { a: { replicas: 4, spec: baseline }, b: { replicas: 50, spec: baseline } };
    const found = runRules([keepLimits], given, { limits: [postgres] });
    expect(found.get('a')).not.toHaveProperty('limitedBy');
    expect(found.get('b')).toMatchObject({ limitedBy: { limit: postgres, from: 50 }, replicas: 36 });
    expect(explainSteps(found.get('b')?.steps ?? [])).toEqual([
      { rule: 'sharedLimit', value: 36, unit: 'replicas', message: 'limit postgres of 400 leaves 36 of 50 replicas' },
    ]);
  });

  test('stays within what the others left when one target is planned anew', () => {
    const given = { a: { replicas: 44, spec: baseline }, b: { replicas: 24, spec: baseline } };
    const grantedByLimit = new Map([['postgres', new Map([['a', 12]])]]);
    expect(runRules([keepLimits], given, { limits: [postgres], grantedByLimit }).get('a')?.replicas).toBe(12);
  });

  test('cuts nothing where nothing is raised', () => {
    const given = { a: { replicas: 99, spec: baseline } };
    expect(runRules([keepLimits], given, { limits: [postgres], isUncapped: true }).get('a')?.replicas).toBe(99);
  });
});

import { describe, expect, test } from 'vitest';
import { defaultPolicySpec } from '../../../../src/api/scaling-policy.ts';
import { keepTotal, totalOf } from '../../../../src/plan/floor/replicas/keep-total.ts';
import { explainSteps } from '../../../../src/plan/floor/replicas/replica-rule.ts';
import { limits, runRules } from './run-rules.ts';

describe('keepTotal', () => {
  const total = { replicas: 40, field: "the policy's maxTotalReplicas" };

  test.each([
    ['leaves what fits', { a: { replicas: 20 }, b: { replicas: 20 } }, { a: 20, b: 20 }],
    ['gives each the same part of what it lacks', { a: { replicas: 44 }, b: { replicas: 24 } }, { a: 25, b: 15 }],
    [
      'counts what sinks now as it stands',
      { a: { replicas: 10, standing: 30 }, b: { replicas: 30 } },
      { a: 10, b: 10 },
    ],
    [
      'does not cut who will not be raised, and counts it as it stands',
      { a: { replicas: 50, standing: 20, mayRaise: false }, b: { replicas: 30 } },
      { a: 50, b: 20 },
    ],
  ])('%s', (_, given, expected) => {
    const found = runRules([keepTotal], given, { total });
    expect(Object.fromEntries([...found].map(([name, { replicas }]) => [name, replicas]))).toEqual(expected);
  });

  test('says whose total it is, only where it binds', () => {
    const found = runRules([keepTotal], { a: { replicas: 4 }, b: { replicas: 50 } }, { total });
    expect(found.get('a')).not.toHaveProperty('sharedBy');
    expect(found.get('b')).toMatchObject({ sharedBy: total, replicas: 36 });
    expect(explainSteps(found.get('b')?.steps ?? [])).toEqual([
      {
        rule: 'limit',
        value: 36,
        unit: 'replicas',
        message: "the policy's maxTotalReplicas of 40 leaves 36 of 50 replicas",
      },
    ]);
  });

  test('looks at no total where only what is due later is planned', () => {
    expect(runRules([keepTotal], { a: { replicas: 50 } }).get('a')?.replicas).toBe(50);
  });

  test.each([
    [undefined, 10_000, "the operator's caps.replicasPerNamespace"],
    [60, 60, "the policy's maxTotalReplicas"],
    [20_000, 10_000, "the operator's caps.replicasPerNamespace"],
  ])('with a maxTotalReplicas of %s the strictest total is %i: %s', (maxTotalReplicas, replicas, field) => {
    const policy = { ...defaultPolicySpec(), ...(maxTotalReplicas === undefined ? {} : { maxTotalReplicas }) };
    expect(totalOf(policy, limits)).toEqual({ replicas, field });
  });
});

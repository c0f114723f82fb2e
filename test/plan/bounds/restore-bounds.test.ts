import { describe, expect, test } from 'vitest';
import { defaultPolicySpec } from '../../../src/api/scaling-policy.ts';
import type { Scaler } from '../../../src/plan/accept/scaler.ts';
import { restoreBounds } from '../../../src/plan/bounds/restore-bounds.ts';
import { scalerAt, targetSpec } from '../../support/shop/made-up-scaler.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);

describe('restoreBounds', () => {
  const now = at('21:00:00');
  const policy = defaultPolicySpec();
  const slow = { ...policy, rampDown: { percentPerMinute: 20 } };
  const raised = { floor: 35, floorMax: 53 };
  test.each<[string, Scaler, typeof policy, object]>([
    [
      'min at once, max once no pod is lost',
      scalerAt(35, 53, { ...raised, currentReplicas: 30 }),
      policy,
      { bounds: { minReplicas: 4, maxReplicas: 53 }, floorMax: 53 },
    ],
    [
      'max waits for what the HPA wants, too',
      scalerAt(4, 53, { floorMax: 53, desiredReplicas: 21 }),
      policy,
      { bounds: { minReplicas: 4, maxReplicas: 53 }, floorMax: 53 },
    ],
    [
      'max follows',
      scalerAt(4, 53, { floorMax: 53, currentReplicas: 20, desiredReplicas: 9 }),
      policy,
      { bounds: { minReplicas: 4, maxReplicas: 20 } },
    ],
    [
      'both in one request when the load is gone',
      scalerAt(35, 53, { ...raised, currentReplicas: 10, desiredReplicas: 10 }),
      policy,
      { bounds: { minReplicas: 4, maxReplicas: 20 } },
    ],
    [
      'step by step with a rampDown: 20 % of 35',
      scalerAt(35, 53, raised),
      slow,
      { bounds: { minReplicas: 28, maxReplicas: 53 }, floor: 28, floorMax: 53 },
    ],
    [
      '… from the live minimum where somebody has put it higher: 20 % of 60',
      scalerAt(60, 60, { floor: 35, floorMax: 60 }),
      slow,
      { bounds: { minReplicas: 48, maxReplicas: 60 }, floor: 48, floorMax: 60 },
    ],
    [
      'bounds that someone put back are only unmarked',
      scalerAt(4, 20, raised),
      slow,
      { bounds: { minReplicas: 4, maxReplicas: 20 } },
    ],
    [
      'a ramp never raises what someone lowered',
      scalerAt(6, 53, raised),
      slow,
      { bounds: { minReplicas: 4, maxReplicas: 20 } },
    ],
  ])('%s', (_, live, rules, expected) => {
    const { waitsFor, ...step } = restoreBounds({ scaler: live, spec: targetSpec(), peak: 35, policy: rules, now });
    expect(step).toEqual(expected);
    expect(waitsFor === undefined).toBe(!('floor' in expected || 'floorMax' in expected));
  });
});

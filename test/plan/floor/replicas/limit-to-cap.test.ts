import { describe, expect, test } from 'vitest';
import { defaultPolicySpec } from '../../../../src/api/scaling-policy.ts';
import { capOf, limitToCap } from '../../../../src/plan/floor/replicas/limit-to-cap.ts';
import { targetSpec } from '../../../support/shop/made-up-scaler.ts';
import { limits, runRules } from './run-rules.ts';

describe('limitToCap', () => {
  test.each([
    [undefined, 240, 100, 'SettingsReplicasPerTarget'],
    [60, 240, 60, 'PolicyReplicasPerTarget'],
    [60, 50, 50, 'Ceiling'],
    [50, 50, 50, 'Ceiling'],
  ])('with a policy of %s and a ceiling of %i the cap is %i: %s', (maxReplicasPerTarget, ceiling, replicas, name) => {
    const policy = { ...defaultPolicySpec(), ...(maxReplicasPerTarget === undefined ? {} : { maxReplicasPerTarget }) };
    const settings = { ...limits, replicasPerTarget: 100 };
    expect(capOf(targetSpec({ ceiling }), policy, settings)).toMatchObject({ replicas, name });
  });

  test.each([
    [30, 40, 30, false],
    [40, 40, 40, false],
    [41, 40, 40, true],
    [41, 2, 4, true],
  ])('a floor of %i under a cap of %i is %i', (replicas, cap, limited, isBound) => {
    const result = runRules([limitToCap], { gateway: { replicas, cap } }).get('gateway');
    expect(result?.replicas).toBe(limited);
    expect(result?.boundBy !== undefined).toBe(isBound);
    expect(result?.steps).toHaveLength(isBound ? 1 : 0);
  });

  test('does nothing where nothing is raised', () => {
    const given = { gateway: { replicas: 41, cap: 40 } };
    expect(runRules([limitToCap], given, { isUncapped: true }).get('gateway')?.replicas).toBe(41);
  });
});

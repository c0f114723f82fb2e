import { describe, expect, test } from 'vitest';
import { defaultPolicySpec } from '../../../src/api/scaling-policy.ts';
import { capOf, limitFloor } from '../../../src/plan/floor/limit-floor.ts';
import { targetSpec } from '../../support/shop/made-up-scaler.ts';

describe('limitFloor', () => {
  const limits = {
    replicasPerTarget: 100,
    replicasPerNamespace: 1000,
    surgeRoomPercent: 50,
    tickSeconds: 15,
    staleAfterSeconds: 300,
    writesPerSecond: 20,
  };
  test.each([
    [undefined, 240, 100, 'SettingsReplicasPerTarget'],
    [60, 240, 60, 'PolicyReplicasPerTarget'],
    [60, 50, 50, 'Ceiling'],
    [50, 50, 50, 'Ceiling'],
  ])('with a policy of %s and a ceiling of %i the cap is %i: %s', (maxReplicasPerTarget, ceiling, replicas, name) => {
    const policy = { ...defaultPolicySpec(), ...(maxReplicasPerTarget === undefined ? {} : { maxReplicasPerTarget }) };
    expect(capOf(targetSpec({ ceiling }), policy, limits)).toMatchObject({ replicas, name });
  });

  test.each([
    [30, 40, 30, false],
    [40, 40, 40, false],
    [41, 40, 40, true],
    [41, 2, 4, true],
  ])('a floor of %i under a cap of %i is %i', (floor, replicas, limited, isBound) => {
    const result = limitFloor(floor, targetSpec(), { replicas, name: 'Ceiling', field: 'its ceiling' });
    expect(result.replicas).toBe(limited);
    expect(result.boundBy !== undefined).toBe(isBound);
    expect(result.because).toHaveLength(isBound ? 1 : 0);
  });
});

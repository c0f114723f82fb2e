import { describe, expect, test } from 'vitest';
import { replicasFor, sizingOf } from '../../../src/plan/floor/replicas-for.ts';
import { targetSpec } from '../../support/shop/made-up-scaler.ts';

describe('replicasFor', () => {
  test.each([
    [0, '45', 0, 0],
    [45, '45', 0, 1],
    [45.1, '45', 0, 2],
    [1000, '45', 15, 26],
    [45, '0.6', 20, 90],
    [0.3, '100m', 0, 3],
  ])(
    '%d requests/s at %s a replica and %i %% headroom need %i',
    (demand, capacityPerReplica, headroomPercent, replicas) => {
      expect(replicasFor(demand, sizingOf(targetSpec({ capacityPerReplica, headroomPercent })))).toBe(replicas);
    },
  );
});

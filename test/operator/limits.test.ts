import { expect, test } from 'vitest';
import { limitsOf } from '../../src/operator/limits.ts';
import { parseSettings } from '../../src/operator/settings.ts';

test('the limits are those of the settings, and nothing else of them', () => {
  const settings = parseSettings({
    tickSeconds: 5,
    staleAfterSeconds: 120,
    surgeRoomPercent: 20,
    writesPerSecond: 7,
    caps: { replicasPerTarget: 30, replicasPerNamespace: 90 },
    dryRun: true,
  });
  expect(limitsOf(settings)).toEqual({
    replicasPerTarget: 30,
    replicasPerNamespace: 90,
    surgeRoomPercent: 20,
    tickSeconds: 5,
    staleAfterSeconds: 120,
    writesPerSecond: 7,
  });
});

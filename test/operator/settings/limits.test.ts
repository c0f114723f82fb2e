import { expect, test } from 'vitest';
import { limitsOf, writeCap } from '../../../src/operator/settings/limits.ts';
import { parseSettings } from '../../../src/operator/settings/settings.ts';

test('the limits are those of the settings, and nothing else of them', () => {
  const settings = parseSettings({
    tickSeconds: 5,
    staleAfterSeconds: 120,
    surgeRoomPercent: 20,
    writesPerSecond: 7,
    caps: { replicasPerTarget: 30, replicasPerNamespace: 90 },
    channels: {
      shop: { type: 'slack', urlFile: '/run/secrets/shop' },
      nights: { type: 'cloudevents', url: 'http://127.0.0.1/nights' },
    },
    dryRun: true,
  });
  expect(limitsOf(settings)).toEqual({
    replicasPerTarget: 30,
    replicasPerNamespace: 90,
    surgeRoomPercent: 20,
    tickSeconds: 5,
    staleAfterSeconds: 120,
    writesPerSecond: 7,
    channels: ['nights', 'shop'],
  });
});

test.each([
  [30, undefined, 30],
  [30, 20, 20],
  [30, 40, 30],
])(
  'what is written is capped by the operator at %d and by the policy at %s: at %d',
  (replicasPerTarget, policy, cap) => {
    expect(writeCap({ replicasPerTarget }, policy === undefined ? {} : { maxReplicasPerTarget: policy })).toBe(cap);
  },
);

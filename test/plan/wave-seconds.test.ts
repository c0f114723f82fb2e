import { describe, expect, test } from 'vitest';
import { waveSeconds } from '../../src/plan/wave-seconds.ts';

describe('waveSeconds', () => {
  test.each([
    ['nothing to raise', { raises: 0, pods: 0, writesPerSecond: 20 }, 0],
    ['one HPA, no pods: an HPA sync', { raises: 1, pods: 0, writesPerSecond: 20 }, 16],
    ['one Deployment 2 → 602: 30 s of pods', { raises: 1, pods: 600, writesPerSecond: 20 }, 46],
    [
      '300 HPAs from 1 to 3: the controller writes scales for 30 s',
      { raises: 300, pods: 600, writesPerSecond: 20 },
      75,
    ],
    ['our own pace counts', { raises: 300, pods: 0, writesPerSecond: 5 }, 90],
  ])('%s', (_, wave, seconds) => {
    expect(waveSeconds(wave)).toBe(seconds);
  });
});

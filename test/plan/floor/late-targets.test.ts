import { describe, expect, test } from 'vitest';
import type { Raises } from '../../../src/observe/raises.ts';
import { lateTargets, type TargetRaise } from '../../../src/plan/floor/late-targets.ts';
import { dueTimes } from '../../../src/plan/floor/prescale-time.ts';
import { waveOf, wholeWave } from '../../../src/plan/floor/whole-wave.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const writesPerSecond = 20;
const raise = (target: string, more: Partial<TargetRaise> = {}): TargetRaise => ({
  target,
  tier: 'Standard',
  pods: 20,
  leadTimeSeconds: 60,
  isReady: false,
  ...more,
});
const shop = [
  raise('feed', { tier: 'Background' }),
  raise('search'),
  raise('cart', { tier: 'Critical' }),
  raise('pay', { tier: 'Critical' }),
];
const elsewhere = (tier: Raises['tier'], raises: number, knownAt = 0): Raises => ({
  start,
  tier,
  raises,
  pods: raises * 10,
  knownAt,
});

/** What is late when the sale becomes known so many seconds before its start. */
function late(knownSeconds: number, others: readonly Raises[] = [], raises = shop) {
  const wave = wholeWave(start, waveOf(raises, writesPerSecond), others);
  return lateTargets({
    start,
    prescaleTime: dueTimes({ start, wave, leadSeconds: [60], readyBeforeSeconds: 0 }).prescaleTime,
    knownAt: start - knownSeconds * 1000,
    raises,
    elsewhere: others,
    writesPerSecond,
  });
}

describe('targets that are ready only after the start', () => {
  test('are none when all is known in time, however much there is to raise elsewhere', () => {
    expect(late(3_600)).toEqual([]);
    expect(late(3_600, [elsewhere('Critical', 1_000), elsewhere('Standard', 3_000)])).toEqual([]);
  });

  test('are told with the seconds, the most critical first, when a sale is announced too late', () => {
    // Critical: 2 raises, 40 pods: 0.1 + 15 + 2 s, with the lead time 78 s; all: 0.2 + 15 + 4 s, with it 80 s.
    expect(late(70)).toEqual([
      { target: 'cart', lateSeconds: 8 },
      { target: 'pay', lateSeconds: 8 },
      { target: 'search', lateSeconds: 9 },
      { target: 'feed', lateSeconds: 10 },
    ]);
    expect(late(79).map(({ target }) => target)).toEqual(['feed']);
  });

  test('are the less critical ones when the budget does not suffice for all', () => {
    const others = [elsewhere('Standard', 200, start - 100_000), elsewhere('Background', 400, start - 100_000)];
    expect(late(3_600, others)).toEqual([
      { target: 'search', lateSeconds: expect.any(Number) },
      { target: 'feed', lateSeconds: expect.any(Number) },
    ]);
  });

  test('are not those that are ready already', () => {
    const ready = shop.map(one => ({ ...one, isReady: one.tier === 'Critical' }));
    expect(late(70, [], ready).map(({ target }) => target)).toEqual(['search', 'feed']);
  });
});

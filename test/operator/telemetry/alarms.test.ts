import { expect, test } from 'vitest';
import { Alarms } from '../../../src/operator/telemetry/alarms.ts';
import { manualClock } from '../../support/shop/manual-clock.ts';

const noon = Date.parse('2026-11-27T12:00:00Z');

function setUp() {
  const clock = manualClock(noon);
  const woken: string[] = [];
  const alarms = new Alarms(clock, key => woken.push(`${key} ${(clock.now() - noon) / 1000}`));
  return { clock, woken, alarms };
}

test('each key wakes at its own instant, to the second and not at the next tick', async () => {
  const { clock, woken, alarms } = setUp();
  alarms.set('shop', noon + 177_000);
  alarms.set('market', noon + 63_000);
  await clock.moveTo(noon + 600_000);
  expect(woken).toEqual(['market 63', 'shop 177']);
  expect(clock.sleepers).toBe(0);
});

test('a newer alarm replaces the older one', async () => {
  const { clock, woken, alarms } = setUp();
  alarms.set('shop', noon + 60_000);
  alarms.set('shop', noon + 30_000);
  alarms.set('shop', noon + 90_000);
  await clock.moveTo(noon + 600_000);
  expect(woken).toEqual(['shop 90']);
});

test('an alarm in the past wakes at once', async () => {
  const { clock, woken, alarms } = setUp();
  alarms.set('shop', noon - 60_000);
  await clock.moveTo(noon + 1);
  expect(woken).toEqual(['shop 0']);
});

test('once stopped nothing wakes', async () => {
  const { clock, woken, alarms } = setUp();
  alarms.set('shop', noon + 60_000);
  alarms.stop();
  await clock.moveTo(noon + 600_000);
  expect(woken).toEqual([]);
  expect(clock.sleepers).toBe(0);
});

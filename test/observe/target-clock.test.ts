import { expect, test } from 'vitest';
import { parseScalingPolicy } from '../../src/api/scaling-policy.ts';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { historyDaysOf, targetClock } from '../../src/observe/target-clock.ts';
import { scalingPolicy, scalingTarget } from '../support/shop/kinds.ts';

const now = Date.UTC(2026, 10, 27);
const christmas = { name: 'Christmas', rule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25' };

function clockOf(timeZone: string | undefined, demandDefaults: object | undefined) {
  const target = parseScalingTarget(
    scalingTarget({
      demand: { query: 'up', stepSeconds: 300, historyDays: 400, ...(timeZone === undefined ? {} : { timeZone }) },
    }),
  );
  const policy = parseScalingPolicy(scalingPolicy(demandDefaults === undefined ? {} : { demandDefaults }));
  return targetClock(target.spec, policy.spec, now);
}

test.each([
  ['none', undefined, undefined, undefined],
  ["the policy's zone", undefined, { timeZone: 'Europe/Berlin' }, 'Europe/Berlin'],
  ["the target's own zone before the policy's", 'Asia/Tokyo', { timeZone: 'Europe/Berlin' }, 'Asia/Tokyo'],
  ['UTC with a calendar alone', undefined, { calendar: [christmas] }, 'UTC'],
])('the clock of a target is %s', (_, timeZone, demandDefaults, zone) => {
  expect(clockOf(timeZone, demandDefaults)?.timeZone).toBe(zone);
});

test('it reaches from the first day of the history to a year ahead', () => {
  const { offsets = [], holidays = [] } =
    clockOf(undefined, { timeZone: 'Europe/Berlin', calendar: [christmas] }) ?? {};
  expect(new Date(offsets[0]?.from ?? 0).getUTCFullYear()).toBe(2025);
  expect(holidays.map(({ day }) => new Date(day * 86_400_000).getUTCFullYear())).toEqual([2025, 2026, 2027]);
});

test('without a clock a fit gets those to propose', () => {
  const clock = clockOf('Asia/Tokyo', undefined);
  expect(historyDaysOf(clock, { now, historyDays: 28 })).toEqual({ clock });
  const days = historyDaysOf(undefined, { now, historyDays: 28 });
  expect('proposable' in days && days.proposable.map(({ timeZone }) => timeZone)).toContain('Europe/Berlin');
});

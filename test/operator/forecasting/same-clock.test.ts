import { expect, test } from 'vitest';
import { isSameClock } from '../../../src/operator/forecasting/same-clock.ts';

const clock = {
  timeZone: 'Europe/Berlin',
  offsets: [{ from: 0, offsetMs: 3_600_000 }],
  holidays: [{ name: 'New Year', day: 20_819 }],
};

test.each([
  ['none and none', undefined, undefined, true],
  ['none and one', undefined, clock, false],
  ['equal ones', clock, structuredClone(clock), true],
  ['other zones', clock, { ...clock, timeZone: 'Europe/Vienna' }, false],
  ['other offsets', clock, { ...clock, offsets: [{ from: 0, offsetMs: 0 }] }, false],
  ['a later change', clock, { ...clock, offsets: [{ from: 1, offsetMs: 3_600_000 }] }, false],
  ['another holiday', clock, { ...clock, holidays: [{ name: 'New Year', day: 20_820 }] }, false],
  ['another name', clock, { ...clock, holidays: [{ name: 'Neujahr', day: 20_819 }] }, false],
  ['one holiday more', clock, { ...clock, holidays: [...clock.holidays, { name: 'Labour Day', day: 20_939 }] }, false],
])('%s: same is decided by content', (_, one, other, same) => {
  expect([isSameClock(one, other), isSameClock(other, one)]).toEqual([same, same]);
});

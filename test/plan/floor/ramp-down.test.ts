import { describe, expect, test } from 'vitest';
import { defaultPolicySpec } from '../../../src/api/scaling-policy.ts';
import { rampDown } from '../../../src/plan/floor/ramp-down.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);

describe('rampDown', () => {
  const now = at('21:00:00');
  const policy = { ...defaultPolicySpec(), rampDown: { percentPerMinute: 20 } };
  test.each([
    ['one write without a policy', defaultPolicySpec(), now - 1000, 4],
    ['waits for the minute', policy, now - 59_999, 35],
    ['goes down by the share of the peak', policy, now - 60_000, 28],
    ['a last write of unknown time is old enough', policy, undefined, 28],
    ['goes down by one replica at least', { ...policy, rampDown: { percentPerMinute: 1 } }, undefined, 34],
    ['never below what is wanted', { ...policy, rampDown: { percentPerMinute: 100 } }, undefined, 4],
  ])('%s', (_, rules, writtenAt, floor) => {
    expect(rampDown({ live: 35, wanted: 4, peak: 35, policy: rules, writtenAt, now })).toBe(floor);
  });
});

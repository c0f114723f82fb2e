import { expect, test } from 'vitest';
import { parseScalingPolicy } from '../../../src/api/scaling-policy.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { withClock } from '../../../src/cli/preview/with-clock.ts';
import { scalingPolicy, scalingTarget } from '../../support/shop/kinds.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const now = '2026-11-27T12:00:00Z';

function clockOf(own: object, demandDefaults: object | undefined, timeZone?: string) {
  const [observed] = observationOf({ now, targets: { gateway: null } }).targets;
  if (observed === undefined) throw new Error('no target');
  const target = parseScalingTarget(scalingTarget({ demand: { query: 'up', ...own } }));
  const policy = parseScalingPolicy(scalingPolicy(demandDefaults === undefined ? {} : { demandDefaults }));
  return withClock({ ...observed, target }, { policy: policy.spec, now: Date.parse(now), timeZone }).clock;
}

const berlin = { timeZone: 'Europe/Berlin' };

test.each([
  ['none: UTC', {}, undefined, undefined, undefined],
  ['that of --time-zone', {}, undefined, 'Europe/Paris', 'Europe/Paris'],
  ["the policy's before --time-zone", {}, berlin, 'Europe/Paris', 'Europe/Berlin'],
  ["the target's before the policy's", { timeZone: 'Asia/Tokyo' }, berlin, undefined, 'Asia/Tokyo'],
])('the zone of a preview is %s', (_, own, policy, option, zone) => {
  expect(clockOf(own, policy, option)?.timeZone).toBe(zone);
});

test('a preview has the calendar of the policy, also with the zone of --time-zone', () => {
  const calendar = [{ name: 'Whit Monday', date: '2026-05-25' }];
  const { timeZone, holidays } = clockOf({}, { calendar }, 'Europe/Paris') ?? {};
  expect(timeZone).toBe('Europe/Paris');
  expect(holidays).toEqual([{ name: 'Whit Monday', day: Date.UTC(2026, 4, 25) / 86_400_000 }]);
});

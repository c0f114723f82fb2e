import { expect, test } from 'vitest';
import { formatPlan } from '../../../src/cli/preview/format-plan.ts';
import { planOf } from '../../support/shop/apply-planned.ts';

const sale = {
  name: 'drop',
  startTime: '2026-11-27T20:00:00+01:00',
  endTime: '2026-11-27T22:00:00+01:00',
  timeZone: 'Europe/Berlin',
};

test.each([
  ['in local time where the policy states a freeze', { freeze: { beforeSeconds: 3600, afterSeconds: 1800 } }, true],
  ['not where it states none', {}, false],
])('a plan tells the freeze window of a sale, %s', (_title, policy, isTold) => {
  const { plan, observation } = planOf({
    now: '2026-11-26T18:00:00Z',
    policy,
    sales: [sale],
    targets: { gateway: { forecast: 30, spec: { entryPoint: true } } },
  });
  const told = /^ {2}frozen +pod templates, 2026-11-27 19:00 to 2026-11-27 22:30$/m;
  expect(told.test(formatPlan(plan, observation))).toBe(isTold);
});

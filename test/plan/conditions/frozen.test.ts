import { expect, test } from 'vitest';
import type { DeployFreeze } from '../../../src/api/series/deploy-freezes.ts';
import { frozen } from '../../../src/plan/conditions/frozen.ts';

const at = (time: string) => Date.parse(`2026-11-${time}:00Z`);
const window = (start: string, end: string, ...sales: readonly string[]): DeployFreeze => ({
  start: at(start),
  end: at(end),
  sales,
});
const evening = window('27T19:00', '27T23:00', 'drop');
const night = window('28T01:00', '28T02:00', 'a', 'b', 'c', 'd', 'e');

test.each<[string, readonly DeployFreeze[] | undefined, string, string]>([
  ['no freeze', undefined, '27T20:00', 'False NoFreeze No freeze is stated.'],
  ['no sale', [], '27T20:00', 'False NoSaleNear No sale in view has a freeze window.'],
  [
    'a window to come',
    [night],
    '27T20:00',
    'False NoSaleNear The next freeze is from 2026-11-28T01:00:00Z to 2026-11-28T02:00:00Z, around a, b, c and 2 more.',
  ],
  [
    'an open window',
    [evening, night],
    '27T20:00',
    'True SaleNear Pod templates are frozen until 2026-11-27T23:00:00Z around drop. In need, the annotation headstart.dev/break-glass="2026-11-27T19:00:00Z WHY" on a workload lets its template be changed.',
  ],
])('a policy with %s says so', (_title, freezes, now, said) => {
  const { status, reason, message } = frozen(freezes, at(now));
  expect(`${status} ${reason} ${message}`).toBe(said);
});
